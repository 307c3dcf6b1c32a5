package dev.onewrite.protocol;

import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.protocol.Scenario.Range;
import dev.onewrite.spi.SetAsideRow;
import org.jspecify.annotations.Nullable;

/** One state of everything: what is stored, what each process knows, what is under way. */
final class World implements Cloneable {

  /*
   * The network is all that was ever sent. Nothing leaves it, so each copy and each answer may be
   * taken never (lost), at any time (late), and any number of times (doubled).
   */

  int committed;
  Worker[] workers;
  Receiver[] receivers;
  @Nullable SetAsideRow[] rows;
  @Nullable Position[] offsets = new Position[Range.values().length];
  Position floor = Position.START;
  int[] copies = new int[0];
  int[] answers = new int[0];
  int effective;
  int discarded;
  int failures;
  int redrives;
  int discards;
  @Nullable Position redriveFloor; // read before the transaction: only where that is the flaw

  World(Scenario scenario, Receiver empty) {
    int messages = scenario.messages().size();
    workers =
        scenario.workers().stream()
            .map(range -> new Worker(range, messages, scenario.receivers(), 4))
            .toArray(Worker[]::new);
    receivers = new Receiver[scenario.receivers()];
    java.util.Arrays.fill(receivers, empty);
    rows = new SetAsideRow[messages];
    failures = scenario.failures();
    redrives = scenario.redrives();
    discards = scenario.discards();
  }

  World copy() {
    try {
      World copy = (World) clone();
      copy.workers = workers.clone();
      copy.receivers = receivers.clone();
      copy.rows = rows.clone();
      copy.offsets = offsets.clone();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** A copy in which this worker may be changed. */
  World copy(int worker) {
    World copy = copy();
    copy.workers[worker] = workers[worker].copy();
    return copy;
  }

  static int[] with(int[] set, int value) {
    int at = java.util.Arrays.binarySearch(set, value);
    if (at >= 0) {
      return set;
    }
    int[] larger = new int[set.length + 1];
    int place = -at - 1;
    System.arraycopy(set, 0, larger, 0, place);
    larger[place] = value;
    System.arraycopy(set, place, larger, place + 1, set.length - place);
    return larger;
  }

  Fingerprint print(Scenario scenario) {
    Fingerprint print = new Fingerprint();
    print.add(committed | effective << 4 | discarded << 8 | failures << 12);
    print.add(redrives | discards << 8);
    print.add(redriveFloor);
    for (Worker worker : workers) {
      worker.into(print);
    }
    for (Receiver receiver : receivers) {
      print.add(receiver.stable());
      for (Message message : scenario.messages()) {
        Inbox.Mark mark = receiver.marks().get(message.id());
        print.add(mark == null ? null : mark.position());
        print.add(mark == null || mark.refusal() == null ? 0 : 1);
      }
    }
    for (SetAsideRow row : rows) {
      into(print, row);
    }
    for (Position offset : offsets) {
      print.add(offset);
    }
    print.add(floor);
    print.add(copies.length);
    for (int copy : copies) {
      print.add(copy);
    }
    for (int answer : answers) {
      print.add(answer);
    }
    return print;
  }

  static void into(Fingerprint print, @Nullable SetAsideRow row) {
    if (row == null) {
      print.add(-2);
    } else {
      print.add((int) row.id().getLeastSignificantBits());
      print.add(row.hold());
      print.add(row.state().ordinal() | row.attempts().failed() << 4);
    }
  }
}
