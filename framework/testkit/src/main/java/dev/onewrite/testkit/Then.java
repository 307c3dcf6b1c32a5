package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.machine.MachineException;
import dev.onewrite.machine.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What a message came to, to be looked at.
 *
 * <p>Emits, sends, activities, timers and the reply are taken up one by one, each part in its own
 * order. What is never taken up, nor named in {@link #ignoring}, fails the test, and so does a turn
 * that failed unless {@link #refused} expects it. State, context and transitions may be looked at
 * any number of times, or never.
 */
public final class Then {

  private final List<Turned> turns;
  private final Turned last;
  private final PayloadCodec payloads;
  private final Story story;
  private final List<Fact> left = new ArrayList<>();
  private @Nullable Throwable failure;

  /**
   * A test's view of some turns.
   *
   * @param last what they left
   * @param parts what of them has to be looked at
   */
  Then(List<Turned> turns, Turned last, PayloadCodec payloads, Story story, Set<Part> parts) {
    this.turns = List.copyOf(turns);
    this.last = last;
    this.payloads = payloads;
    this.story = story;
    for (Turned turned : turns) {
      if (turned.batch() != null) {
        left.addAll(Fact.of(turned.batch(), payloads));
      } else if (turned.reply() != null) {
        left.add(new Fact(Part.REPLY, Unread.orValue(turned.reply(), payloads)));
      }
      if (turned.failure() != null) {
        failure = turned.failure();
      }
    }
    left.removeIf(fact -> !parts.contains(fact.part()));
  }

  /** The ids of all transitions that ran, in order: {@code "EDITING/SaveStarted"}. */
  public Then transitions(String... ids) {
    List<String> ran =
        turns.stream()
            .flatMap(turned -> turned.steps().stream())
            .flatMap(made -> made.step().transitions().stream())
            .map(Transition::id)
            .toList();
    return equal("transitions", List.of(ids), ran);
  }

  /** The events that were sent to the machine and that it did not take, in order. */
  public Then notTaken(Object... events) {
    List<Object> refused =
        turns.stream()
            .flatMap(turned -> turned.steps().stream())
            .filter(made -> !made.step().taken())
            .map(Made::trigger)
            .toList();
    return equal("events not taken", List.of(events), refused);
  }

  /** The next events emitted. */
  public Then emits(Object... events) {
    for (Object event : events) {
      take(new Fact(Part.EMITS, event));
    }
    return this;
  }

  /** The next message sent. */
  public Then sends(Address to, Object message) {
    return take(new Fact(Part.SENDS, new Fact.Sending(to, message)));
  }

  /** The next activity started, by a handler or by the machine. */
  public Then invokes(String activity, Object input) {
    return take(new Fact(Part.ACTIVITIES, new Fact.Calling(activity, input)));
  }

  /** The next timer: of a handler. */
  public Then timer(String name, Duration delay, Object message) {
    return take(new Fact(Part.TIMERS, new Fact.Timing(name, delay, message)));
  }

  /** The next timer: an {@code after} of a state, or the time-out of what it invokes. */
  public Then timer(Object state, Duration delay) {
    String name = state instanceof Enum<?> constant ? constant.name() : state.toString();
    return take(new Fact(Part.TIMERS, new Fact.Timing(name, delay, null)));
  }

  /** What the caller is replied. */
  public Then replies(Object reply) {
    read(reply.getClass());
    return take(new Fact(Part.REPLY, reply));
  }

  /** The reply, to look at its parts. */
  public <R> R reply(Class<R> type) {
    checkTurned();
    read(type);
    for (Fact fact : left) {
      if (fact.part() == Part.REPLY && type.isInstance(fact.value())) {
        left.remove(fact);
        return type.cast(fact.value());
      }
    }
    throw failed("expected a reply of type " + type.getSimpleName() + rest(Part.REPLY), null, null);
  }

  /** That the turn failed with this code, and so journaled nothing: {@code "OW109"}. */
  public Then refused(String code) {
    Throwable found = failure;
    if (found == null) {
      throw failed("expected the turn to fail with " + code + ", and it did not", code, null);
    }
    String actual = code(found);
    if (!actual.equals(code)) {
      throw failed("expected the turn to fail with " + code + ", found " + found, code, found);
    }
    failure = null;
    return this;
  }

  /** That the handler threw this, and so the turn journaled nothing. */
  public <X extends Throwable> X threw(Class<X> type) {
    Throwable found = failure;
    while (found != null && !type.isInstance(found)) {
      found = found.getCause();
    }
    if (found == null) {
      throw failed(
          "expected the handler to throw " + type.getName() + ", found " + failure, type, failure);
    }
    failure = null;
    return type.cast(found);
  }

  /** That nothing was journaled: the message was a question, or had been dealt with before. */
  public Then nothing() {
    checkTurned();
    for (Turned turned : turns) {
      if (turned.batch() != null) {
        throw failed(
            "expected nothing to be journaled, and " + turned.message() + " was", null, null);
      }
    }
    return this;
  }

  /** The active leaf states, in any order. */
  public Then state(Object... states) {
    checkTurned();
    return equal("active states", Set.of(states), last.states());
  }

  public Then context(Object context) {
    checkTurned();
    return equal("context", context, last.context());
  }

  /** The test does not look at these. */
  public Then ignoring(Part... parts) {
    Set<Part> ignored = EnumSet.noneOf(Part.class);
    ignored.addAll(List.of(parts));
    left.removeIf(fact -> ignored.contains(fact.part()));
    return this;
  }

  /** What was journaled. */
  public List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    turns.forEach(turned -> addIfPresent(batches, turned.batch()));
    return batches;
  }

  private static void addIfPresent(List<Batch> batches, @Nullable Batch batch) {
    if (batch != null) {
      batches.add(batch);
    }
  }

  private Then take(Fact expected) {
    checkTurned();
    for (int i = 0; i < left.size(); i++) {
      Fact next = left.get(i);
      if (next.part() == expected.part()) {
        if (!next.equals(expected)) {
          throw failed(
              "expected " + expected + rest(expected.part()), expected.value(), next.value());
        }
        left.remove(i);
        return this;
      }
    }
    throw failed("expected " + expected + rest(expected.part()), expected.value(), null);
  }

  /** A recorded reply can be read only by who knows its type. */
  private void read(Class<?> type) {
    payloads.namesOf(type);
    left.replaceAll(
        fact ->
            fact.value() instanceof Unread unread
                ? new Fact(fact.part(), Unread.orValue(unread.payload(), payloads))
                : fact);
  }

  private String rest(Part part) {
    List<Fact> rest = left.stream().filter(fact -> fact.part() == part).toList();
    return rest.isEmpty()
        ? "\n  found:   no (further) " + part.noun()
        : "\n  found:   " + Story.lines(rest);
  }

  private Then equal(String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw failed(
          "expected " + what + "\n           " + expected + "\n  found:   " + actual,
          expected,
          actual);
    }
    return this;
  }

  private void checkTurned() {
    if (failure != null) {
      throw failed("the turn failed: " + failure, null, null);
    }
  }

  private static String code(Throwable failure) {
    if (failure instanceof OnewriteException known) {
      return known.code();
    }
    // What a node makes of a handler's exception.
    return failure instanceof MachineException machine ? machine.code() : "OW106";
  }

  private AssertionFailedError failed(
      String what, @Nullable Object expected, @Nullable Object actual) {
    AssertionFailedError failed =
        new AssertionFailedError(what + "\n" + story, expected, actual, failure);
    failure = null; // it was told; what else the test did not look at would hide it
    left.clear();
    return failed;
  }

  /** Fails if there is something the test did not look at. */
  void checkLookedAt() {
    if (failure != null) {
      throw failed(
          "a turn failed and the test did not expect it: "
              + failure
              + "\n  expect it with refused(\"OW...\") or threw(...)",
          null,
          null);
    }
    if (left.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("the test did not look at");
    Set<Part> parts = new LinkedHashSet<>();
    for (Fact fact : left) {
      text.append("\n  ").append(fact);
      parts.add(fact.part());
    }
    for (Part part : parts) {
      text.append("\n  look at it with ").append(part.look());
      text.append(", or say ignoring(Part.").append(part).append(')');
    }
    throw failed(text.toString(), null, null);
  }
}
