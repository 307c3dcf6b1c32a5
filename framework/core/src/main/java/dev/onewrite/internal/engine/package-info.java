/**
 * The pure core: opens and closes turns, folds batches, knows duplicates. No Pekko, no clock, no
 * logger: times and ids come in as values.
 */
@NullMarked
package dev.onewrite.internal.engine;

import org.jspecify.annotations.NullMarked;
