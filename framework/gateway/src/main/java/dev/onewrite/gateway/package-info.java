/** Components over HTTP: messages, questions, committed states; and the browser's client. */
@NullMarked
package dev.onewrite.gateway;

import org.jspecify.annotations.NullMarked;
