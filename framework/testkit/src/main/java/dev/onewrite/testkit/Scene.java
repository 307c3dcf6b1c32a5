package dev.onewrite.testkit;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A test of one entity: what is given, what happens, and (with {@link Then}) what comes of it.
 *
 * <p>Without anything given the entity is new. Each {@code when} goes on from where the one before
 * left the entity.
 */
public final class Scene<M> {

  /** 10,000. A timer that sets itself again at once would fire for ever. */
  private static final int TIMERS_MAX = 10_000;

  private final Component<M> component;
  private final Bench bench;
  private final Story story = new Story();
  private final Sender sender;
  private String entityId = "1";
  private int requests;
  private @Nullable TestEntity<?, ?, ?> entity;
  private @Nullable Then then;
  private @Nullable Supplier<Turned> last;

  Scene(Component<M> component, Taken taken) {
    this.component = component;
    this.bench = new Bench(List.of(component), new Bench.Disk(point -> {}), name -> true, taken);
    this.sender = new Sender(bench);
  }

  // --- given -----------------------------------------------------------------------------------

  /** The entity's id; {@code "1"} if not said. */
  public Scene<M> id(String id) {
    checkNotBegun("id");
    entityId = id;
    return this;
  }

  /** When it begins: {@code turn.now()} of what happens first. */
  public Scene<M> at(Instant begin) {
    checkNotBegun("at");
    bench.disk().begin(begin);
    return this;
  }

  /**
   * The entity is in this state, as if it had just been entered: what the state waits for has
   * started, no action ran.
   */
  public Scene<M> state(Object state, Object context) {
    return states(Set.of(state), context);
  }

  /** As {@link #state}, for a machine with several active leaf states. */
  public Scene<M> states(Set<?> states, Object context) {
    checkNotBegun("state");
    entity().given(Given.state(entity().definition(), states, context, bench));
    story.add("given " + entity().shown());
    return this;
  }

  /** The entity has no machine, and this context. */
  public Scene<M> context(Object context) {
    return state("active", context);
  }

  /** The entity's journal has these batches: of an entity of production, for example. */
  public Scene<M> batches(List<Batch> batches) {
    checkNotBegun("batches");
    batches.forEach(entity()::given);
    story.add("given " + batches.size() + " batches: " + entity().shown());
    return this;
  }

  /** These requests were handled before; what came of them is not looked at. */
  @SafeVarargs
  public final Scene<M> handled(M... messages) {
    for (M message : messages) {
      when(message).ignoring(Part.values());
    }
    return this;
  }

  // --- when ------------------------------------------------------------------------------------

  /** A request from outside, under a new request id; or a question. */
  public Then when(M message) {
    String requestId = "request-" + ++requests;
    while (entity().state().requests().handled(requestId)) { // given with the batches
      requestId = "request-" + ++requests;
    }
    return when(message, requestId);
  }

  /** A request from outside, under this request id. */
  public Then when(M message, String requestId) {
    return happens(() -> entity().request(requestId, message));
  }

  /** An event that another entity emitted and this component subscribes to. */
  public Then whenDelivered(Address from, Object event) {
    TestEntity<?, ?, ?> to = entity();
    return happens(sender.emitted(from, event, to));
  }

  /** A message that another entity sent. */
  public Then whenSent(Address from, Object message) {
    return happens(sender.sent(from, message, entity()));
  }

  /** What happened last, once more: the same request, or a copy of the same delivery. */
  public Then whenRepeated() {
    if (last == null) {
      throw Misuse.of("nothing has happened yet that could be repeated");
    }
    return happens(last);
  }

  /** The time passes; timers that come due fire, in order, each at its time. */
  public Then whenTimePasses(Duration duration) {
    checkLookedAt();
    Instant until = bench.disk().now().plus(duration);
    List<Turned> turns = new ArrayList<>();
    for (Due due = Due.next(bench, until); due != null; due = Due.next(bench, until)) {
      if (turns.size() == TIMERS_MAX) {
        throw Misuse.of("more than " + TIMERS_MAX + " timers fired within " + duration);
      }
      bench.disk().passTo(due.at());
      turns.add(told(due.entity().fire(due.timerId())));
    }
    bench.disk().passTo(until);
    story.add("it is " + Story.spoken(bench.disk().elapsed()) + " after the beginning");
    return looked(turns);
  }

  /** The activity returned this; the oldest call of that name that is awaited. */
  public Then whenReturned(String activity, Object result) {
    Outgoing.Invoked call = awaited(activity);
    return happens(() -> entity().complete(call.activityId(), result));
  }

  /** The activity failed for good: {@code kind} is its exception's simple name, or "timeout". */
  public Then whenFailed(String activity, String kind, String message) {
    Outgoing.Invoked call = awaited(activity);
    ActivityFailed failed = new ActivityFailed(activity, kind, message);
    return happens(() -> entity().complete(call.activityId(), failed));
  }

  /** The component's own activity is called, once, and its result brought. */
  public Then whenCalled(String activity) {
    Outgoing.Invoked call = awaited(activity);
    Object result = Calls.once(entity(), call, 1);
    return happens(() -> entity().complete(call.activityId(), result));
  }

  // --- looking at it -----------------------------------------------------------------------------

  /** The idempotency key of the oldest call of that name that is awaited. */
  public String idempotencyKey(String activity) {
    return awaited(activity).id().toString();
  }

  /** All that is journaled, what was given included. */
  public List<Batch> history() {
    return entity().history();
  }

  /** What happened so far. */
  @Override
  public String toString() {
    return story.toString();
  }

  private Outgoing.Invoked awaited(String activity) {
    return entity().calls().stream()
        .filter(call -> call.name().equals(activity))
        .findFirst()
        .orElseThrow(
            () ->
                Misuse.of(
                    entity().self()
                        + " awaits no result of an activity \""
                        + activity
                        + "\", only of "
                        + entity().calls().stream().map(Outgoing.Invoked::name).toList()));
  }

  private TestEntity<?, ?, ?> entity() {
    if (entity == null) {
      entity = bench.entity(new Address(component.name(), entityId));
    }
    return entity;
  }

  private void checkNotBegun(String call) {
    if (entity != null) {
      throw Misuse.of(call + "(...) comes before what happens, and before other things given");
    }
  }

  private Then happens(Supplier<Turned> message) {
    checkLookedAt();
    last = message;
    return looked(List.of(told(message.get())));
  }

  private Turned told(Turned turned) {
    story.add(turned, bench.payloads());
    return turned;
  }

  private Then looked(List<Turned> turns) {
    Then next =
        new Then(turns, entity().untouched(), bench.payloads(), story, EnumSet.allOf(Part.class));
    then = next;
    return next;
  }

  private void checkLookedAt() {
    if (then != null) {
      then.checkLookedAt();
    }
  }

  /** At the end of the test. */
  void check() {
    checkLookedAt();
    if (entity != null) {
      entity.checkRecovery();
    }
  }
}
