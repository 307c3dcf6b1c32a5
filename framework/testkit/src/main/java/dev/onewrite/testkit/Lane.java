package dev.onewrite.testkit;

import dev.onewrite.component.Component;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The worker of one group: what is on its way to the entities of one component.
 *
 * <p>It keeps what the forwarder keeps. Of each sender one message is out at a time; the offset is
 * stored after the answer and stands below the oldest row that is not settled; what is stored
 * becomes the floor, and the floor is what deliveries carry as stable.
 */
final class Lane {

  private final Bench bench;
  private final String group;
  private final Routes routes;
  private final List<Parcel> unsettled = new ArrayList<>();
  private Position read;
  private Position stored;
  private Position floor;

  Lane(Bench bench, Component<?> component) {
    this.bench = bench;
    this.group = component.name();
    this.routes = new Routes(component.definition(), bench.payloads());
    this.stored = SliceOffsets.start(bench.disk().store().offsets().read(group), SliceRange.ALL);
    this.read = stored;
    this.floor = bench.disk().store().offsets().floor(group);
  }

  /** Takes up what was committed since. */
  void pull() {
    for (TailRow row : bench.disk().committed(read)) {
      for (Delivery delivery : routes.deliveries(row)) {
        Object message = bench.payloads().decode(delivery.outgoing().payload());
        unsettled.add(new Parcel(delivery, message));
      }
      read = row.position();
    }
  }

  /** The next of each sender, oldest first. */
  List<Parcel> ready() {
    Set<Object> busy = new LinkedHashSet<>();
    List<Parcel> ready = new ArrayList<>();
    for (Parcel parcel : unsettled) {
      if (busy.add(parcel.from())) {
        ready.add(parcel);
      }
    }
    return ready;
  }

  boolean holds(Parcel parcel) {
    return unsettled.contains(parcel);
  }

  /** The delivery as it goes out now. */
  Delivery stamped(Parcel parcel) {
    Delivery delivery = parcel.delivery();
    return delivery.attempt(delivery.cause().position(), floor, delivery.last());
  }

  void settle(Parcel parcel) {
    unsettled.remove(parcel);
  }

  /** As far as everything is settled. */
  Position settled() {
    if (unsettled.isEmpty()) {
      return read;
    }
    Position least = unsettled.get(0).delivery().cause().position();
    return Position.of(least.transaction(), least.ordering() - 1);
  }

  boolean hasMoved() {
    return settled().isAfter(stored);
  }

  void store() {
    stored = settled();
    floor = bench.disk().store().offsets().save(group, SliceRange.ALL, stored);
  }

  String group() {
    return group;
  }
}
