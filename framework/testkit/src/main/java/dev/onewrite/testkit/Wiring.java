package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/**
 * Several components of one node, without an actor system: nothing moves until the test says what.
 *
 * <p>The order of deliveries is the test's, within what is promised: of one sender to one component
 * a message goes out when the one before was handled. {@link #underWay} lists what could be
 * delivered next.
 *
 * <p>At the end of the test nothing may be under way: no delivery, no call to the outside, no event
 * that nobody subscribes to; unless {@link #ignoringRest} says so.
 */
public final class Wiring {

  /** 10,000. Components that answer each other for ever would never settle. */
  private static final int TURNS_MAX = 10_000;

  /** Attempts at a delivery whose handler fails. */
  private static final int ATTEMPTS_MAX = 3;

  private final OneProcess process;
  private final Story story = new Story();
  private final List<Then> thens = new ArrayList<>();
  private final List<Parcel> delivered = new ArrayList<>();
  private final Unheard unheard;
  private int requests;
  private boolean ignoringRest;

  Wiring(List<Component<?>> components, Taken taken) {
    this.process = new OneProcess(() -> components, taken, Passing.UNDISTURBED, story);
    this.unheard = new Unheard(components);
  }

  /** A request from outside, under a new request id; or a question. */
  public <M> Then request(Component<M> component, String entityId, M message) {
    return request(component, entityId, message, "request-" + ++requests);
  }

  /** A request from outside, under this request id. */
  public <M> Then request(Component<M> component, String entityId, M message, String requestId) {
    Address to = new Address(component.name(), entityId);
    return looked(List.of(process.request(to, requestId, message)), to);
  }

  // --- deliveries --------------------------------------------------------------------------------

  /** What could be delivered next: the oldest of each sender and component, oldest first. */
  public List<Parcel> underWay() {
    return process.ready();
  }

  /** Delivers the oldest. */
  public Then deliver() {
    List<Parcel> ready = process.ready();
    if (ready.isEmpty()) {
      throw Misuse.of("nothing is to be delivered");
    }
    return deliver(ready.get(0));
  }

  /** Delivers the next of this sender to this receiver. */
  public Then deliver(Address from, Address to) {
    return deliver(
        process.ready().stream()
            .filter(parcel -> parcel.from().equals(from) && parcel.to().equals(to))
            .findFirst()
            .orElseThrow(
                () ->
                    Misuse.of(
                        "nothing can go from "
                            + from
                            + " to "
                            + to
                            + " now, only "
                            + process.ready())));
  }

  /** Delivers this one; it has to be {@link #underWay}. */
  public Then deliver(Parcel parcel) {
    if (!process.ready().contains(parcel)) {
      throw Misuse.of(parcel + " cannot be delivered now, only " + process.ready());
    }
    Turned turned = process.deliver(parcel);
    if (turned.failure() == null) {
      delivered.add(parcel);
    }
    return looked(List.of(turned), parcel.to());
  }

  /** What was delivered so far. */
  public List<Parcel> delivered() {
    return List.copyOf(delivered);
  }

  /** Delivers a copy of one that was delivered before; it must not take effect again. */
  public Then redeliver(Parcel parcel) {
    return looked(List.of(process.deliverCopy(parcel)), parcel.to());
  }

  /** Delivers everything, and what comes of it, oldest first. Calls to the outside wait. */
  public Wiring deliverAll() {
    int turns = 0;
    for (List<Parcel> ready = process.ready(); !ready.isEmpty(); ready = process.ready()) {
      Parcel parcel = ready.get(0);
      Turned turned = process.deliver(parcel);
      if (turned.failure() == null) {
        delivered.add(parcel);
      } else if (parcel.attempt() == ATTEMPTS_MAX) {
        throw new AssertionFailedError(
            parcel + " fails each time: " + turned.failure() + "\n" + story, turned.failure());
      }
      checkEnds(++turns);
    }
    return this;
  }

  // --- activities and time -----------------------------------------------------------------------

  /** Calls the oldest call of that name that is awaited, of the component's own, and goes on. */
  public Then call(String activity) {
    OneProcess.Call call = awaited(activity);
    return looked(List.of(process.call(call)), call.entity().self());
  }

  /** The oldest call of that name returned this; the component's own is not called. */
  public Then returns(String activity, Object result) {
    OneProcess.Call call = awaited(activity);
    return looked(List.of(process.complete(call, result)), call.entity().self());
  }

  /** Delivers everything, calls what is to be called, and what comes of it, until all is quiet. */
  public Wiring settle() {
    int turns = 0;
    deliverAll();
    for (List<OneProcess.Call> calls = process.calls(); !calls.isEmpty(); calls = process.calls()) {
      Turned turned = process.call(calls.get(0));
      if (turned.failure() != null) {
        throw new AssertionFailedError(
            calls.get(0) + ": the turn of its result failed: " + turned.failure() + "\n" + story,
            turned.failure());
      }
      deliverAll();
      checkEnds(++turns);
    }
    return this;
  }

  /** The time passes; timers of all entities fire, each at its time. Nothing is delivered. */
  public Wiring timePasses(Duration duration) {
    Instant until = process.now().plus(duration);
    int turns = 0;
    while (process.fireNext(until).isPresent()) {
      checkEnds(++turns);
    }
    process.passTo(until);
    return this;
  }

  /** The process dies and starts again: what is not in the journal is gone. */
  public Wiring restart() {
    story.add("the process dies and starts again");
    process.restart();
    return this;
  }

  // --- looking -----------------------------------------------------------------------------------

  /** The state of an entity. */
  public View<?, ?> entity(Component<?> component, String entityId) {
    return process.bench().entity(new Address(component.name(), entityId)).state();
  }

  /** That these events, in this order, went to nobody, as nobody subscribes to them. */
  public Wiring unheard(Object... events) {
    unheard.expect(process, List.of(events), story);
    return this;
  }

  /** What is under way at the end of the test may be. */
  public Wiring ignoringRest() {
    ignoringRest = true;
    return this;
  }

  /** What happened so far. */
  @Override
  public String toString() {
    return story.toString();
  }

  private OneProcess.Call awaited(String activity) {
    List<OneProcess.Call> calls = process.calls();
    return calls.stream()
        .filter(call -> call.invoked().name().equals(activity))
        .findFirst()
        .orElseThrow(
            () -> Misuse.of("nobody awaits an activity \"" + activity + "\", only " + calls));
  }

  private Then looked(List<Turned> turns, Address entity) {
    Set<Part> parts = EnumSet.of(Part.REPLY); // the rest is seen by where it goes
    Turned after = process.bench().entity(entity).untouched();
    Then then = new Then(turns, after, process.bench().payloads(), story, parts);
    thens.add(then);
    return then;
  }

  private void checkEnds(int turns) {
    if (turns == TURNS_MAX) {
      throw new AssertionFailedError("no end after " + TURNS_MAX + " turns\n" + story);
    }
  }

  /** At the end of the test. */
  void check() {
    thens.forEach(Then::checkLookedAt);
    process.bench().entities().forEach(TestEntity::checkRecovery);
    if (ignoringRest) {
      return;
    }
    List<Object> rest = new ArrayList<>(process.ready());
    process.calls().forEach(rest::add);
    if (!rest.isEmpty()) {
      throw new AssertionFailedError(
          "under way at the end of the test:\n           "
              + Story.lines(rest)
              + "\n  let it arrive with settle() or deliverAll(), or say ignoringRest()\n"
              + story);
    }
    unheard.checkNone(process, story);
  }
}
