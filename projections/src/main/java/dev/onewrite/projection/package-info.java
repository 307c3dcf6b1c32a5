/**
 * The outbox forwarder: a projection of the journal that delivers what turns emitted and sent.
 *
 * <pre>
 *   TailSource ──▶ SenderLanes ──▶ offsets, floor          one GroupProjection for each group and
 *   reads the      delivers, one    stored when all up      range of slices, hosted by Pekko
 *   journal        at a time for    to it is settled        Projection
 *                  each sender      or set aside
 *                      │ refused for good, or silent for too long
 *                      ▼
 *                  rows set aside ──▶ Retrier               in the background, each sequence in order
 * </pre>
 */
@NullMarked
package dev.onewrite.projection;

import org.jspecify.annotations.NullMarked;
