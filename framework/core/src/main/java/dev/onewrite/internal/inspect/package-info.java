/** Checks of a store that need nothing of the application. */
@NullMarked
package dev.onewrite.internal.inspect;

import org.jspecify.annotations.NullMarked;
