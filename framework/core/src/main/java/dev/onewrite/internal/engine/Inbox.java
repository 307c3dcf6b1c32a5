package dev.onewrite.internal.engine;

import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.StoredState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries this entity has dealt with: exactly once in constant space.
 *
 * <pre>
 *   stable                                   the greatest promise seen: nothing at or below it
 *   ──────┬───────────────────▶ position     legitimately comes again
 *   settled│  a ✓   b ✓   c ✗                ids handled (✓) or refused for good (✗) above it
 * </pre>
 *
 * <p>The set above {@code stable} is as large as what the group has in flight, however many senders
 * there are and however long ago they sent. It is part of the entity's state and changes only by
 * folding a batch, so the effect and the mark that it happened are one write.
 */
public final class Inbox {

  private Position stable = Position.START;
  private final Map<UUID, Mark> marks = new LinkedHashMap<>();

  /** How one delivery ended, and the position it was delivered with. */
  public record Mark(Position position, @Nullable String refusal) {}

  /** What to do with a delivery. */
  public enum Verdict {
    /** Not seen: handle it. */
    NEW,
    /** Handled, as this very delivery or an earlier copy of it. */
    HANDLED,
    /** Dealt with under another position, or below what is stable: never to take effect here. */
    SETTLED,
    /** Refused for good. */
    REFUSED
  }

  /*
   * The order of the questions matters; an exhaustive model broke an invariant with any other.
   *
   * A handled id answers before the positions do: its sender's worker waits for exactly this answer
   * and may go on. Under another position it was redriven meanwhile: settled, so that the worker
   * looks again. Below stable the id may have been forgotten, and a copy that comes this late is a
   * zombie's or the network's. A refusal counts for the position it was given at and below; a
   * redrive comes with a higher one and is new.
   */
  public Verdict judge(Cause.Delivered delivery) {
    Mark mark = marks.get(delivery.id());
    if (mark != null && mark.refusal() == null) {
      return mark.position().equals(delivery.position()) ? Verdict.HANDLED : Verdict.SETTLED;
    }
    if (!delivery.position().isAfter(Position.greatest(stable, delivery.stable()))) {
      return Verdict.SETTLED;
    }
    if (mark != null && !delivery.position().isAfter(mark.position())) {
      return Verdict.REFUSED;
    }
    return Verdict.NEW;
  }

  /** Folds a delivery that was handled, or refused for good if there is a refusal. */
  void apply(Cause.Delivered delivery, @Nullable String refusal) {
    if (delivery.stable().isAfter(stable)) {
      rise(delivery.stable());
    }
    marks.put(delivery.id(), new Mark(delivery.position(), refusal));
  }

  private void rise(Position to) {
    stable = to;
    marks.values().removeIf(mark -> !mark.position().isAfter(stable));
  }

  public Position stable() {
    return stable;
  }

  public int size() {
    return marks.size();
  }

  /** Why {@code id} was refused, if it was. */
  public @Nullable String refusal(UUID id) {
    Mark mark = marks.get(id);
    return mark == null ? null : mark.refusal();
  }

  void forEach(BiConsumer<UUID, Mark> reader) {
    marks.forEach(reader);
  }

  void restore(Position restored, List<StoredState.Mark> restoredMarks) {
    stable = restored;
    restoredMarks.forEach(mark -> marks.put(mark.id(), new Mark(mark.position(), mark.refusal())));
  }
}
