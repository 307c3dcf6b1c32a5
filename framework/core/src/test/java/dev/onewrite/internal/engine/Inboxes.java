package dev.onewrite.internal.engine;

import dev.onewrite.journal.Cause;
import dev.onewrite.journal.StoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The real inbox as a value: what changes it makes a new one. For the model checker. */
public final class Inboxes {

  private Inboxes() {}

  public static Inbox with(Inbox before, Cause.Delivered delivery, @Nullable String refusal) {
    List<StoredState.Mark> marks = new ArrayList<>(before.size());
    before.forEach(
        (id, mark) -> marks.add(new StoredState.Mark(id, mark.position(), mark.refusal())));
    Inbox after = new Inbox();
    after.restore(before.stable(), marks);
    after.apply(delivery, refusal);
    return after;
  }

  public static void forEach(Inbox inbox, BiConsumer<UUID, Inbox.Mark> reader) {
    inbox.forEach(reader);
  }
}
