/** The way in: start a node, get a {@link dev.onewrite.Ref}, talk to entities. */
@NullMarked
package dev.onewrite;

import org.jspecify.annotations.NullMarked;
