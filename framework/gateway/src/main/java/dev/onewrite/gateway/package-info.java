/**
 * Entities over HTTP, for browsers and others: typed messages, answers, committed states as they
 * come. Opt-in; nothing else depends on it. docs/gateway.md has the shapes on the wire.
 */
@NullMarked
package dev.onewrite.gateway;

import org.jspecify.annotations.NullMarked;
