/**
 * Statecharts as pure functions: no threads, no clock, no I/O. Usable without the rest of Onewrite.
 */
@NullMarked
package dev.onewrite.machine;

import org.jspecify.annotations.NullMarked;
