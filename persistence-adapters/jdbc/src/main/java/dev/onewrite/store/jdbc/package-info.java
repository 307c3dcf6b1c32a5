/**
 * What the stores on SQL databases share: group commit, statements and schema. An adapter brings a
 * {@link dev.onewrite.store.jdbc.Database} and gets a store.
 */
@NullMarked
package dev.onewrite.store.jdbc;

import org.jspecify.annotations.NullMarked;
