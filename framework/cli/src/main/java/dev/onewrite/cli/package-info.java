/** The command line: looks at a store and checks it, beside a node or without one. */
@NullMarked
package dev.onewrite.cli;

import org.jspecify.annotations.NullMarked;
