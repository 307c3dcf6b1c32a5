package dev.onewrite.testkit;

import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.TailRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A process with a node in it, as far as delivery, activities and timers go: one thing after the
 * other, in the order that whoever holds it says. It can be started again at any time; what it
 * knows then is what its disk holds.
 */
final class OneProcess {

  private final Supplier<? extends List<Component<?>>> components;
  private final Taken taken;
  private final Passing passing;
  private final Story story;
  private final Bench.Disk disk;
  private String current = "";
  private Bench bench;
  private List<Lane> lanes;

  /** A call to the outside that an entity waits for. */
  record Call(TestEntity<?, ?, ?> entity, Outgoing.Invoked invoked) {
    @Override
    public String toString() {
      return "activity " + invoked.name() + " of " + entity.self();
    }
  }

  OneProcess(
      Supplier<? extends List<Component<?>>> components,
      Taken taken,
      Passing passing,
      Story story) {
    this.components = components;
    this.taken = taken;
    this.passing = passing;
    this.story = story;
    this.disk = new Bench.Disk(this::passed);
    this.bench = booted();
    this.lanes = lanes();
  }

  private Bench booted() {
    List<Component<?>> all = components.get();
    Bench booted =
        new Bench(all, disk, name -> all.stream().anyMatch(c -> c.name().equals(name)), taken);
    return passing.isRepetition() ? booted.quick() : booted;
  }

  private List<Lane> lanes() {
    List<Lane> all = new ArrayList<>();
    bench.components().forEach(component -> all.add(new Lane(bench, component)));
    return all;
  }

  /** Dies, if it has not, and starts again. */
  void restart() {
    bench = booted();
    lanes = lanes();
    for (TailRow row : disk.committed(Position.START)) {
      bench.entity(Address.ofPersistenceId(row.row().persistenceId()));
    }
  }

  private void passed(FaultPoint point) {
    if (point == FaultPoint.BEFORE_COMMIT) {
      passing.pass(Place.BEFORE_COMMIT, current);
    } else if (point == FaultPoint.AFTER_COMMIT) {
      passing.pass(Place.AFTER_COMMIT, current);
    }
  }

  Bench bench() {
    return bench;
  }

  // --- messages ----------------------------------------------------------------------------------

  Turned request(Address to, String requestId, Object message) {
    current = message + " at " + to;
    return told(bench.entity(to).request(requestId, message));
  }

  /** What could be delivered next, oldest first. */
  List<Parcel> ready() {
    List<Parcel> ready = new ArrayList<>();
    for (Lane lane : lanes) {
      lane.pull();
      ready.addAll(lane.ready());
    }
    ready.sort(Comparator.comparing(parcel -> parcel.delivery().cause().position()));
    return ready;
  }

  /** Delivers one that is ready; if its turn fails it stays where it is. */
  Turned deliver(Parcel parcel) {
    Lane lane = lane(parcel.to());
    current = parcel.toString();
    passing.pass(Place.BEFORE_DELIVERY, current);
    Turned turned = told(bench.entity(parcel.to()).deliver(lane.stamped(parcel)));
    if (turned.failure() == null) {
      passing.pass(Place.BEFORE_ACKNOWLEDGEMENT, current);
      lane.settle(parcel);
      passing.pass(Place.AFTER_ACKNOWLEDGEMENT, current);
      store(lane);
    }
    return turned;
  }

  private void store(Lane lane) {
    if (lane.hasMoved()) {
      String what = "of group " + lane.group() + " up to " + lane.settled();
      passing.pass(Place.BEFORE_OFFSET, what);
      lane.store();
      passing.pass(Place.AFTER_OFFSET, what);
    }
  }

  /** Delivers a copy, as a network or another worker may at any time. */
  Turned deliverCopy(Parcel parcel) {
    current = "a copy of " + parcel;
    story.add("a copy comes of " + parcel);
    return told(bench.entity(parcel.to()).deliver(parcel.delivery()));
  }

  private Lane lane(Address receiver) {
    return lanes.stream()
        .filter(lane -> lane.group().equals(receiver.component()))
        .findFirst()
        .orElseThrow(() -> Misuse.of("there is no component \"" + receiver.component() + "\""));
  }

  // --- activities --------------------------------------------------------------------------------

  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (TestEntity<?, ?, ?> entity : bench.entities()) {
      entity.calls().forEach(invoked -> calls.add(new Call(entity, invoked)));
    }
    return calls;
  }

  /** Calls the activity, again if it throws, as often as its policy says; brings the result. */
  Turned call(Call call) {
    current = call.toString();
    int attempts = attempts(call);
    Object result = new ActivityFailed(call.invoked().name(), "none", "never called");
    for (int attempt = 1; attempt <= attempts; attempt++) {
      passing.pass(Place.BEFORE_CALL, current);
      result = Calls.once(call.entity(), call.invoked(), attempt);
      passing.pass(Place.AFTER_CALL, current);
      if (!(result instanceof ActivityFailed)) {
        break;
      }
    }
    return complete(call, result);
  }

  private static int attempts(Call call) {
    return call.entity().definition().activities().stream()
        .filter(activity -> activity.name().equals(call.invoked().name()))
        .mapToInt((NamedActivity<?, ?> activity) -> activity.policy().attemptsMax())
        .findFirst()
        .orElse(1);
  }

  Turned complete(Call call, Object result) {
    current = "result of " + call;
    return told(call.entity().complete(call.invoked().activityId(), result));
  }

  // --- time --------------------------------------------------------------------------------------

  /** Fires the next timer that is due by {@code until}, at its time; empty if there is none. */
  Optional<Turned> fireNext(Instant until) {
    Due due = Due.next(bench, until);
    if (due == null) {
      return Optional.empty();
    }
    disk.passTo(due.at());
    current = "timer " + due.timerId() + " of " + due.entity().self();
    passing.pass(Place.BEFORE_TIMER, current);
    Turned turned = told(due.entity().fire(due.timerId()));
    passing.pass(Place.AFTER_TIMER, current);
    return Optional.of(turned);
  }

  void passTo(Instant until) {
    disk.passTo(until);
    story.add("it is " + Story.spoken(disk.elapsed()) + " after the beginning");
  }

  Instant now() {
    return disk.now();
  }

  private Turned told(Turned turned) {
    story.add(turned, bench.payloads());
    return turned;
  }
}
