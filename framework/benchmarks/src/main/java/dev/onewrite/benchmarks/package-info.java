/**
 * What a transition costs, in Onewrite's machine and beside it in other libraries on the same
 * charts. Nothing of this is released.
 */
@NullMarked
package dev.onewrite.benchmarks;

import org.jspecify.annotations.NullMarked;
