package dev.onewrite.protocol;

import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.internal.engine.Inbox.Verdict;
import dev.onewrite.internal.engine.Inboxes;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a receiver remembers, as a value: the real inbox, or one that is broken on purpose. */
interface Receiver {

  Verdict judge(Cause.Delivered delivery);

  Receiver with(Cause.Delivered delivery, @Nullable String refusal);

  Position stable();

  Map<UUID, Inbox.Mark> marks();

  /** The real one. */
  record Real(Inbox inbox, Map<UUID, Inbox.Mark> marks) implements Receiver {

    static final Real EMPTY = new Real(new Inbox(), Map.of());

    @Override
    public Verdict judge(Cause.Delivered delivery) {
      return inbox.judge(delivery);
    }

    @Override
    public Receiver with(Cause.Delivered delivery, @Nullable String refusal) {
      Inbox after = Inboxes.with(inbox, delivery, refusal);
      Map<UUID, Inbox.Mark> read = new HashMap<>();
      Inboxes.forEach(after, read::put);
      return new Real(after, read);
    }

    @Override
    public Position stable() {
      return inbox.stable();
    }
  }

  /** What can be wrong with an inbox. */
  enum Flaw {
    /** Rule 1: the effect is durable, the id is not. */
    ID_NOT_WRITTEN,
    /** Rule 1: the promise that came along is not written. */
    STABLE_NOT_WRITTEN,
    /** Rule 1: it is not known at which position the id was handled. */
    POSITION_NOT_WRITTEN,
    /** Rule 2: an id handled at another position counts as new. */
    OTHER_POSITION_NEW,
    /** Rule 2: positions are not asked. */
    STABLE_NOT_ASKED,
    /** Rule 2: the promise that this very delivery brings along is not asked. Not wrong. */
    CARRIED_NOT_ASKED,
    /** Rule 2: what was refused is new again, at whatever position. */
    REFUSED_IS_NEW,
    /** Rule 2: what was refused stays so, at whatever position. */
    REFUSED_FOR_EVER,
    /** Rule 3: ids stay in the set. */
    IDS_STAY,
    /** Rule 3: it drops the ids and forgets how far. */
    STABLE_FORGOTTEN
  }

  /** An inbox with one flaw. */
  record Flawed(Flaw flaw, Position stable, Map<UUID, Inbox.Mark> marks) implements Receiver {

    Flawed(Flaw flaw) {
      this(flaw, Position.START, Map.of());
    }

    @Override
    public Verdict judge(Cause.Delivered delivery) {
      Inbox.Mark mark = marks.get(delivery.id());
      if (mark != null && mark.refusal() == null) {
        boolean same = mark.position().equals(delivery.position());
        if (same || flaw != Flaw.OTHER_POSITION_NEW) {
          return same ? Verdict.HANDLED : Verdict.SETTLED;
        }
      }
      Position promised =
          flaw == Flaw.CARRIED_NOT_ASKED ? stable : Position.greatest(stable, delivery.stable());
      if (flaw != Flaw.STABLE_NOT_ASKED && !delivery.position().isAfter(promised)) {
        return Verdict.SETTLED;
      }
      if (mark != null && mark.refusal() != null && flaw != Flaw.REFUSED_IS_NEW) {
        boolean covered = !delivery.position().isAfter(mark.position());
        return covered || flaw == Flaw.REFUSED_FOR_EVER ? Verdict.REFUSED : Verdict.NEW;
      }
      return Verdict.NEW;
    }

    @Override
    public Receiver with(Cause.Delivered delivery, @Nullable String refusal) {
      Position promised =
          flaw == Flaw.STABLE_NOT_WRITTEN ? stable : Position.greatest(stable, delivery.stable());
      Map<UUID, Inbox.Mark> after = new HashMap<>(marks);
      if (flaw != Flaw.IDS_STAY) {
        after.values().removeIf(mark -> !mark.position().isAfter(promised));
      }
      Position position = flaw == Flaw.POSITION_NOT_WRITTEN ? Position.START : delivery.position();
      if (flaw != Flaw.ID_NOT_WRITTEN) {
        after.put(delivery.id(), new Inbox.Mark(position, refusal));
      }
      return new Flawed(flaw, flaw == Flaw.STABLE_FORGOTTEN ? Position.START : promised, after);
    }
  }
}
