/** What a look at a store comes to: findings, how far deliveries are, batches as plain data. */
@NullMarked
package dev.onewrite.inspect;

import org.jspecify.annotations.NullMarked;
