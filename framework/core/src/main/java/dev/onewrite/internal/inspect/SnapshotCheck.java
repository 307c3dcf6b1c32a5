package dev.onewrite.internal.inspect;

import dev.onewrite.component.BrokenException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.internal.engine.PlainFold;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import dev.onewrite.machine.Recorded;
import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the snapshots of one entity with the fold of its batches. */
final class SnapshotCheck {

  /*
   * A snapshot was made by a release that knew the component, the fold is made by one that does not.
   * What only the component can say is not compared, and that is reported: a context that no turn
   * had changed, and a state that a newer machine or upcaster has migrated.
   */

  private final Store store;
  private final String entity;
  private final Set<Long> numbers;
  private final Report report;
  private final StateCodec codec = StateCodec.plain();

  SnapshotCheck(Store store, String entity, Report report) {
    this.store = store;
    this.entity = entity;
    this.report = report;
    this.numbers =
        store.contents().snapshots(entity).stream()
            .map(SnapshotRow.Key::sequenceNumber)
            .collect(Collectors.toSet());
  }

  /** Compares the snapshot that was made when the entity was as far, if there is one. */
  void check(PlainFold fold) {
    if (numbers.contains(fold.turns())) {
      store
          .snapshots()
          .latest(entity, fold.turns())
          .filter(row -> row.sequenceNumber() == fold.turns()) // else it was deleted meanwhile
          .ifPresent(row -> check(row, fold));
    }
  }

  private void check(SnapshotRow row, PlainFold fold) {
    report.count("snapshots");
    String where = "snapshot " + row.sequenceNumber() + " of " + row.persistenceId();
    StoredState state;
    try {
      state = codec.decode(row);
    } catch (BrokenException e) {
      report.find(Finding.Kind.SNAPSHOT_DAMAGED, where, e.getMessage());
      return;
    }
    difference(state, fold)
        .ifPresent(text -> report.find(Finding.Kind.SNAPSHOT_DIFFERS, where, text));
  }

  private Optional<String> difference(StoredState state, PlainFold fold) {
    if (state.turns() != fold.turns()) {
      return differs("turns", state.turns(), fold.turns());
    }
    if (!state.stable().equals(fold.stable())) {
      return differs("what is stable", state.stable(), fold.stable());
    }
    if (!new HashSet<>(state.marks()).equals(new HashSet<>(fold.marks()))) {
      return differs("the deliveries dealt with", state.marks(), fold.marks());
    }
    if (!endsWith(fold.replies(), state.replies())) {
      return differs("the requests dealt with", state.replies(), fold.replies());
    }
    if (!new HashSet<>(state.timers()).equals(new HashSet<>(fold.timers()))) {
      return differs("the pending timers", state.timers(), fold.timers());
    }
    if (!new HashSet<>(state.invoked()).equals(new HashSet<>(fold.invoked()))) {
      return differs("the activities awaited", state.invoked(), fold.invoked());
    }
    return machineDiffers(state, fold);
  }

  private Optional<String> machineDiffers(StoredState state, PlainFold fold) {
    Recorded stored = state.outcome().machine();
    Recorded folded = fold.machine().orElse(stored);
    if (!stored.machine().equals(folded.machine()) || stored.version() != folded.version()) {
      report.unchecked("the state in snapshots that a newer machine had migrated");
      return Optional.empty();
    }
    if (!stored.equals(folded)) {
      return differs("the machine", stored, folded);
    }
    Optional<Payload> context = fold.context();
    Payload kept = state.outcome().context();
    if (context.isEmpty() || kept == null) {
      report.unchecked("contexts in snapshots that no turn had changed yet");
      return Optional.empty();
    }
    if (kept.version() != context.get().version()) {
      report.unchecked("contexts in snapshots that a newer release had migrated");
      return Optional.empty();
    }
    return Plain.same(kept, context.get())
        ? Optional.empty()
        : differs("the context", Plain.json(kept), Plain.json(context.get()));
  }

  private static boolean endsWith(List<StoredState.Reply> all, List<StoredState.Reply> last) {
    int from = all.size() - last.size();
    return from >= 0
        && last.isEmpty() == all.isEmpty()
        && all.subList(from, all.size()).equals(last);
  }

  private static Optional<String> differs(String what, Object stored, Object folded) {
    return Optional.of(what + " is " + stored + " in it; the batches come to " + folded);
  }
}
