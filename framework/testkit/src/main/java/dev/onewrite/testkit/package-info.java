/** Contracts that implementations of the ports must pass. */
@NullMarked
package dev.onewrite.testkit;

import org.jspecify.annotations.NullMarked;
