package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Incident;
import dev.onewrite.component.RefusedException;
import dev.onewrite.inspect.Finding;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused for good, or stays silent, waits apart; the rest flows. */
final class ParkingTest {

  private final Letters letters = new Letters();

  @TempDir Path directory;

  @Test
  void poison_parksItsOwnSequence_andAllOthersFlow() {
    letters.refused.add("a-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 4);
      Letters.write(onewrite, "a", "y", 10, 14);
      Letters.write(onewrite, "b", "x", 0, 4);

      Await.until(
          "the others are read",
          () ->
              letters.read(onewrite, "y").equals(Letters.letters("a", 10, 14))
                  && letters.read(onewrite, "x").containsAll(Letters.letters("b", 0, 4)));
      Await.until("all up to the end is dealt with", letters::floorIsAtTheEnd);

      assertEquals(
          List.of(State.PARKED, State.PARKED, State.PARKED),
          letters.states(Letters.sequence("a", "x")));
      assertEquals(3, Collections.frequency(letters.tried, "a-1"), "attempts-max");
      assertEquals(0, Collections.frequency(letters.tried, "a-2"), "it is behind");
      Backlog backlog = onewrite.outbox().parked(10).get(0);
      assertEquals(3, backlog.parked());
      assertEquals(3, backlog.first().attempts().failed());
      assertTrue(backlog.first().attempts().first().text().contains("no a-1"));
      assertTrue(
          letters.incidents.stream()
              .anyMatch(
                  i -> i instanceof Incident.Parked p && p.id().equals(backlog.first().id())));
    }
  }

  @Test
  void verify_ofAParkedMessageWhoseRowIsGone_callsItLost() throws Exception {
    letters.refused.add("a-0");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 1);
      Await.until("it is parked", () -> onewrite.outbox().parked(10).size() == 1);
      Await.until("all up to the end is dealt with", letters::floorIsAtTheEnd);
    }

    assertEquals(List.of(), found());
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("onewrite.db"));
        Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate("delete from set_aside where state = 'PARKED'"));
    }
    assertEquals(List.of(Finding.Kind.OUTGOING_LOST), found());
  }

  private List<Finding.Kind> found() {
    try (Inspection inspection = letters.node(directory).durability("sqlite").inspect()) {
      return inspection.verify().findings().stream().map(Finding::kind).toList();
    }
  }

  @Test
  void redrive_afterTheMend_deliversInOrderAndOnce() {
    letters.refused.add("a-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 50);
      Await.until("all is parked", () -> letters.states(Letters.sequence("a", "x")).size() == 49);

      assertEquals(49, onewrite.outbox().redrive(Letters.sequence("a", "x")));
      Await.until("it is parked again", () -> parked(onewrite) == 49 && deferred() == 0);
      letters.refused.clear();
      redriveAll(onewrite);
      Letters.write(onewrite, "a", "x", 50, 60);

      Await.until("all is read", () -> letters.read(onewrite, "x").size() >= 60);
      assertEquals(Letters.letters("a", 0, 60), letters.read(onewrite, "x"));
      Await.until(
          "what is over is gone", () -> letters.states(Letters.sequence("a", "x")).isEmpty());
      assertEquals(List.of(), onewrite.outbox().parked(10));
    }
  }

  @Test
  void discarded_neverTakesEffect_andTheRestDoesAfterARedrive() {
    letters.refused.add("a-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 5);
      Await.until("all is parked", () -> letters.states(Letters.sequence("a", "x")).size() == 4);
      SetAsideRow first = firstParked(onewrite);
      Address x = new Address("reader", "x");

      RefusedException unsaid =
          assertThrows(
              RefusedException.class, () -> onewrite.outbox().discard(first.id(), x, "me", " "));
      discard(onewrite, first);
      RefusedException twice =
          assertThrows(
              RefusedException.class, () -> onewrite.outbox().discard(first.id(), x, "me", "so"));
      letters.refused.clear();
      onewrite.outbox().redrive(Letters.sequence("a", "x"));

      assertEquals("OW160", unsaid.code());
      assertEquals("OW161", twice.code());
      Await.until("the rest is read", () -> letters.read(onewrite, "x").size() >= 4);
      Await.until(
          "what is over is gone, but for what says why a letter is missing",
          () -> letters.states(Letters.sequence("a", "x")).equals(List.of(State.DISCARDED)));
      assertEquals(List.of("a-0", "a-2", "a-3", "a-4"), letters.read(onewrite, "x"));
    }
  }

  @Test
  void silentMessage_pastTheBound_isDeferredAndDeliveredInTheBackgroundInOrder() {
    letters.slow.add("a-1");
    try (Onewrite onewrite =
        letters
            .node(directory)
            .set("onewrite.turn-timeout", "50ms")
            .set("onewrite.outbox.redelivery.defer-after", "200ms")
            .start()) {
      Letters.write(onewrite, "a", "x", 0, 20);
      Letters.write(onewrite, "a", "y", 2, 3);

      Await.until(
          "the other receiver's is read", () -> letters.read(onewrite, "y").equals(List.of("a-2")));
      Await.until("all up to the end is dealt with", letters::floorIsAtTheEnd);
      assertEquals(19, letters.states(Letters.sequence("a", "x")).size());
      assertEquals(0, onewrite.outbox().parked(10).size(), "silence never parks");
      assertEquals(1, onewrite.outbox().deferred(10).size());
      letters.slow.clear();

      Await.until("all is read", () -> letters.read(onewrite, "x").size() >= 20);
      assertEquals(Letters.letters("a", 0, 20), letters.read(onewrite, "x"));
    }
  }

  @Test
  void silentSequences_moreThanAreTriedAtOnce_keepNoOtherOneFromBeingTried() {
    List<String> silent = IntStream.range(100, 140).mapToObj(i -> "s" + i).toList();
    silent.forEach(sender -> letters.slow.add(sender + "-0"));
    letters.slow.add("z-0");
    try (Onewrite onewrite =
        letters
            .node(directory)
            .set("onewrite.turn-timeout", "200ms")
            .set("onewrite.outbox.redelivery.max", "100ms")
            .set("onewrite.outbox.redelivery.defer-after", "100ms")
            .start()) {
      silent.forEach(sender -> Letters.write(onewrite, sender, "of-" + sender, 0, 1));
      Letters.write(onewrite, "z", "x", 0, 1);
      Await.until("all are deferred", () -> onewrite.outbox().deferred(100).size() == 41);

      letters.slow.remove("z-0"); // its receiver answers again, theirs do not

      Await.until("it is read", () -> letters.read(onewrite, "x").equals(List.of("z-0")));
      Await.until("only theirs wait", () -> onewrite.outbox().deferred(100).size() == 40);
    }
  }

  @Test
  void failingMessage_withTheWindowFull_isSetAsideAtOnceAndOthersFlow() {
    letters.refused.add("a-0");
    try (Onewrite onewrite =
        letters
            .node(directory)
            .set("onewrite.outbox.window", 10)
            .set("onewrite.outbox.redelivery.attempts-max", 1_000)
            .start()) {
      Letters.writeEach(onewrite, "a", "x", 0, 100);
      Letters.writeEach(onewrite, "b", "y", 0, 10);

      Await.until(
          "the other's are read",
          () -> letters.read(onewrite, "y").equals(Letters.letters("b", 0, 10)));
      letters.refused.clear();

      Await.until("all is read", () -> letters.read(onewrite, "x").size() >= 100);
      assertEquals(Letters.letters("a", 0, 100), letters.read(onewrite, "x"));
    }
  }

  @Test
  void attempts_andTheFirstFailure_surviveARestart() {
    letters.refused.add("a-0");
    SetAsideRow before;
    try (Onewrite onewrite = slowly().start()) {
      Letters.write(onewrite, "a", "x", 0, 1);
      Await.until("it has failed", () -> letters.tried.size() == 1);
      Await.until(
          "that is noted",
          () -> !letters.store.get().setAside().senders("reader", SliceRange.ALL, 9).isEmpty());
    }
    letters.incidents.clear();
    try (Onewrite onewrite = letters.node(directory).start()) {
      Await.until("it is parked", () -> parked(onewrite) == 1);
      before = firstParked(onewrite);
    }

    assertEquals(3, before.attempts().failed());
    assertEquals(3, letters.tried.size(), "of which one before the restart");
    try (Onewrite onewrite = letters.node(directory).start()) {
      assertEquals(before, firstParked(onewrite));
    }
  }

  @Test
  void numberOfWorkers_changedWhileRowsWait_losesAndDoublesNothing() {
    letters.refused.add("a-1");
    letters.refused.add("b-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 3);
      Letters.write(onewrite, "b", "x", 0, 3);
      Await.until("both are parked", () -> parked(onewrite) == 4);
    }
    for (int workers : List.of(3, 2, 5)) {
      try (Onewrite onewrite =
          letters.node(directory).set("onewrite.outbox.workers", workers).start()) {
        Letters.write(onewrite, "a", "x", workers * 10, workers * 10 + 2);
        Await.until("more is parked", () -> letters.floorIsAtTheEnd());
      }
    }
    letters.refused.clear();
    try (Onewrite onewrite = letters.node(directory).set("onewrite.outbox.workers", 4).start()) {
      onewrite.outbox().redrive(Letters.sequence("a", "x"));
      onewrite.outbox().redrive(Letters.sequence("b", "x"));

      Await.until("all is read", () -> letters.read(onewrite, "x").size() >= 12);
      List<String> read = letters.read(onewrite, "x");
      assertEquals(
          List.of("a-0", "a-1", "a-2", "a-30", "a-31", "a-20", "a-21", "a-50", "a-51"),
          read.stream().filter(letter -> letter.startsWith("a")).toList());
      assertEquals(
          Letters.letters("b", 0, 3),
          read.stream().filter(letter -> letter.startsWith("b")).toList());
    }
  }

  private static void redriveAll(Onewrite onewrite) {
    // snippet: redrive
    for (Backlog backlog : onewrite.outbox().parked(100)) {
      SetAsideRow first = backlog.first(); // the one that the others wait behind
      System.out.println(backlog.sequence() + ": " + backlog.parked() + " wait");
      System.out.println(first.attempts().made() + " attempts, " + first.attempts().last());
      onewrite.outbox().redrive(backlog.sequence());
    }
    // end
  }

  private static void discard(Onewrite onewrite, SetAsideRow row) {
    // snippet: discard
    Address receiver = row.sequence().receiver();
    onewrite.outbox().discard(row.id(), receiver, "kim", "sent twice, see ticket 4711");
    // end
  }

  /** Fails once and then waits for long. */
  private Onewrite.Builder slowly() {
    return letters
        .node(directory)
        .set("onewrite.outbox.redelivery.first", "1h")
        .set("onewrite.outbox.redelivery.max", "1h");
  }

  private static SetAsideRow firstParked(Onewrite onewrite) {
    return onewrite.outbox().parked(1).get(0).first();
  }

  private static long parked(Onewrite onewrite) {
    return onewrite.outbox().parked(10).stream().mapToLong(Backlog::parked).sum();
  }

  private long deferred() {
    return letters.states(Letters.sequence("a", "x")).stream()
        .filter(State.DEFERRED::equals)
        .count();
  }
}
