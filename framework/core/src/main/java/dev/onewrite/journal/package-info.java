/**
 * The stored shapes. What is drawn here is on disk in somebody's journal: it may be read more
 * widely, never changed.
 */
@NullMarked
package dev.onewrite.journal;

import org.jspecify.annotations.NullMarked;
