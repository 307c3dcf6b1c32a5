/** The node: entities as actors, the journal plugin over the store's port, wiring. */
@NullMarked
package dev.onewrite.internal.pekko;

import org.jspecify.annotations.NullMarked;
