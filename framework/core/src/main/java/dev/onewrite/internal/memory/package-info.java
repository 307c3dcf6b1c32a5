/** The store {@code memory}: for tests and for looking around. Nothing survives the process. */
@NullMarked
package dev.onewrite.internal.memory;

import org.jspecify.annotations.NullMarked;
