/** The ports: what a store and a forwarder implement, and what they are given. */
@NullMarked
package dev.onewrite.spi;

import org.jspecify.annotations.NullMarked;
