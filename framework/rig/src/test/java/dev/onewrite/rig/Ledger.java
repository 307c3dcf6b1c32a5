package dev.onewrite.rig;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.rig.Step.Manner;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the journal says was done, row by row, and what is wrong with it. */
final class Ledger {

  /** Where an outgoing came from, and the step it brings to each receiver. */
  private record Origin(long row, int index, Map<String, String> steps) {}

  private record Place(long row, int index) {
    boolean isBehind(Place other) {
      return row > other.row() || (row == other.row() && index > other.index());
    }
  }

  private record Pair(String sender, String receiver) {}

  private final BatchCodec codec = BatchCodec.plain();
  private final Expectation expectation;
  private final Map<Integer, Long> resentAt;
  private final Map<UUID, Origin> outgoings = new HashMap<>();
  private final Map<String, String> timers = new HashMap<>();
  private final Map<String, String> activities = new HashMap<>();
  private final Map<String, Integer> times = new HashMap<>();
  private final Map<Pair, Place> last = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Parts.Tally> tallies = new HashMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private int done;
  private int ambiguous;
  private int refused;

  Ledger(Expectation expectation, Map<Integer, Long> resentAt) {
    this.expectation = expectation;
    this.resentAt = resentAt;
  }

  void add(TailRow tailRow) {
    String entity = tailRow.row().persistenceId();
    long number = tailRow.row().sequenceNumber();
    if (number != numbers.merge(entity, 1L, Long::sum)) {
      wrongs.add("row " + number + " of " + entity + " follows no row before it");
    }
    Batch batch = codec.decode(tailRow.row());
    if (batch.refusal() != null) {
      refused(entity, batch.cause());
      return;
    }
    String step = step(entity, tailRow.row().writtenAt(), batch.cause());
    note(entity, number, batch);
    done(entity, step);
  }

  /** Poison alone is refused, and never once it has been done. */
  private void refused(String entity, Cause cause) {
    refused++;
    Origin origin =
        cause instanceof Cause.Delivered delivered ? outgoings.get(delivered.id()) : null;
    String id =
        origin == null ? null : origin.steps().get(Address.ofPersistenceId(entity).entityId());
    Step step = id == null ? null : expectation.step(id);
    if (step == null || step.manner() != Manner.POISON || times.containsKey(id)) {
      wrongs.add("refused, and should not be: " + id + " at " + entity);
    }
  }

  private String step(String entity, long writtenAt, Cause cause) {
    return cause.match(
        delivered -> delivered(entity, delivered),
        requested -> requested(requested.requestId(), writtenAt),
        fired -> timers.get(entity + " " + fired.timerId()),
        completed -> activities.get(entity + " " + completed.activityId()));
  }

  private String delivered(String entity, Cause.Delivered delivered) {
    Origin origin = outgoings.get(delivered.id());
    if (origin == null) {
      return null;
    }
    Place place = new Place(origin.row(), origin.index());
    Place before = last.put(new Pair(delivered.sender().persistenceId(), entity), place);
    if (before != null && !place.isBehind(before)) {
      wrongs.add(
          "out of order at "
              + entity
              + ": "
              + place
              + " after "
              + before
              + " of "
              + delivered.sender());
    }
    return origin.steps().get(Address.ofPersistenceId(entity).entityId());
  }

  private String requested(String step, long writtenAt) {
    int index = Integer.parseInt(step.substring(1, step.indexOf('.')));
    ambiguous += writtenAt < resentAt.getOrDefault(index, 0L) ? 1 : 0;
    return step;
  }

  private void done(String entity, String id) {
    Step step = id == null ? null : expectation.step(id);
    if (step == null) {
      wrongs.add("a turn of " + entity + " that nothing caused (" + id + ")");
      return;
    }
    if (!step.entity().equals(entity)) {
      wrongs.add(id + " was done at " + entity + " instead of " + step.entity());
    }
    if (times.merge(id, 1, Integer::sum) > 1) {
      wrongs.add("doubled: " + id + " at " + entity);
      return;
    }
    if (!Expectation.isDone(step)) {
      wrongs.add("done, and should not be: " + id + " (" + step.manner() + ") at " + entity);
    }
    done++;
    if (step.manner() != Manner.GUARDED) {
      tallies.merge(entity, new Parts.Tally(0, 0).with(id), (tally, one) -> tally.with(id));
    }
  }

  private void note(String entity, long number, Batch batch) {
    for (int index = 0; index < batch.outgoings().size(); index++) {
      Outgoing outgoing = batch.outgoings().get(index);
      if (outgoing instanceof Outgoing.Invoked invoked) {
        activities.put(entity + " " + invoked.activityId(), only(invoked.payload()));
      } else {
        outgoings.put(outgoing.id(), new Origin(number, index, receivers(outgoing.payload())));
      }
    }
    for (TimerSet timer : batch.timers()) {
      timers.put(entity + " " + timer.id(), only(timer.payload()));
    }
  }

  private static Map<String, String> receivers(Payload payload) {
    Map<String, Object> message = Onewrite.components(payload);
    Map<String, String> steps = new HashMap<>();
    if (message.get("steps") instanceof List<?> all) {
      all.forEach(step -> put(steps, (Map<?, ?>) step));
    } else {
      put(steps, (Map<?, ?>) message.get("step"));
    }
    return steps;
  }

  private static void put(Map<String, String> steps, Map<?, ?> step) {
    steps.put((String) step.get("at"), (String) step.get("id"));
  }

  private static String only(Payload payload) {
    return receivers(payload).values().iterator().next();
  }

  /** How many steps were done. */
  int done() {
    return done;
  }

  /** Requests whose batch was there before they were sent again. */
  int ambiguous() {
    return ambiguous;
  }

  /** How many batches say that a message is refused for good. */
  int refused() {
    return refused;
  }

  Map<String, Parts.Tally> tallies() {
    return tallies;
  }

  /** All that is wrong, once there is nothing more to come. */
  List<String> wrongs() {
    List<String> all = new ArrayList<>(wrongs);
    for (Step step : expectation.steps()) {
      if (Expectation.isDone(step) && !times.containsKey(step.id())) {
        all.add("lost: " + step.id() + " (" + step.manner() + ") for " + step.entity());
      }
    }
    return all;
  }
}
