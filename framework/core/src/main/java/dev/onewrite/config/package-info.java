/** Reading configuration: for the node, and for modules with keys of their own under it. */
@NullMarked
package dev.onewrite.config;

import org.jspecify.annotations.NullMarked;
