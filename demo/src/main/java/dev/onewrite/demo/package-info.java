/**
 * The form story: an application that is killed again and again, and a driver that kills it, feeds
 * it, and checks that no event was lost, doubled or out of order.
 *
 * <pre>
 *   driver (Demo)                                   application process (FormServer)
 *     forms ──────────── commands, stdin ─────────▶  form entities ──outbox──▶ audit entities
 *     findings ◀──────── reports, stdout ──────────      │
 *     registry ◀──────── HTTP, slow and fallible ────────┘
 *        └ SIGKILL ───────────────────────────────▶  again and again, on one directory
 * </pre>
 */
@NullMarked
package dev.onewrite.demo;

import org.jspecify.annotations.NullMarked;
