/** Values to bytes and back: registered records only, under logical names. */
@NullMarked
package dev.onewrite.internal.codec;

import org.jspecify.annotations.NullMarked;
