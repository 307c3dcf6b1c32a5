package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.Incident;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order in which a worker reads and writes, and what it does where a read fails. */
final class SenderLanesTest {

  private static final Sequence SEQUENCE = sequence("a");
  private static final Sequence SHOWN = sequence("shown");

  private final PlainSetup setup = new PlainSetup();
  private final Reader group = new Reader();
  private final ExecutorService blocking = Executors.newCachedThreadPool();
  private final SenderLanes lanes = new SenderLanes(setup, group, SliceRange.ALL, blocking);

  @AfterEach
  void stop() {
    lanes.stop();
    blocking.shutdownNow();
    setup.memory.close();
  }

  /** One message a row, and a receiver that never answers. */
  private static final class Reader implements Group {

    private final List<Long> delivered = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public String name() {
      return "reader";
    }

    @Override
    public boolean ordered() {
      return true;
    }

    @Override
    public List<Delivery> deliveries(TailRow row) {
      if (broken) {
        throw new BrokenException("OW302", "the test broke the row");
      }
      return List.of(delivery(row.position().ordering()));
    }

    @Override
    public CompletionStage<Answer> deliver(Delivery delivery) {
      delivered.add(delivery.cause().position().ordering());
      return new CompletableFuture<>();
    }
  }

  @Test
  void floor_risingAfterRowsWereLookedAt_skipsNothing() throws Exception {
    setup.bend =
        (method, arguments, real) -> {
          Object result = real.call();
          if (method.equals("senders")) {
            deferredBesides(1);
          }
          return method.equals("deferred") ? List.of() : result; // the retrier sees nothing yet
        };

    lanes.begin();
    settle(1);
    settle(2);

    assertTrue(group.delivered.contains(1L), "it is not skipped");
    assertEquals(List.of(State.DEFERRED, State.DEFERRED), states());
    assertFalse(group.delivered.contains(2L), "it waits behind the first");
  }

  @Test
  void floor_whileRowsAreLookedAtAnew_isStillTheOneBefore() throws Exception {
    setup.bend = (method, arguments, real) -> method.equals("deferred") ? List.of() : real.call();
    lanes.begin();
    deferredBesides(1);
    setup.bend =
        (method, arguments, real) -> {
          if (method.equals("senders")) {
            settle(1); // of the stream before, which is still at work
          }
          return method.equals("deferred") ? List.of() : real.call();
        };

    lanes.begin();

    assertTrue(group.delivered.contains(1L), "it is not skipped");
  }

  @Test
  void deferredRow_whoseJournalRowCannotBeRead_isReported() throws Exception {
    setup.memory.journal().append(List.of(journalRow(1))).toCompletableFuture().join();
    deferredBesides(1);
    group.broken = true;

    lanes.begin();

    Await.until("it is reported", this::firstIsReported);
    assertEquals(List.of(State.DEFERRED), states());
  }

  private boolean firstIsReported() {
    return setup.incidents.stream()
        .anyMatch(
            incident ->
                incident instanceof Incident.Undeliverable told
                    && told.sender().equals(SEQUENCE.sender())
                    && told.sequenceNumber() == 1
                    && told.group().equals("reader")
                    && told.reason().contains("the test broke the row"));
  }

  @Test
  void sequencesChosen_whileALaterPageCannotBeRead_areTriedNevertheless() {
    List<Deferred> resting =
        IntStream.range(1_000, 1_300).mapToObj(i -> Deferred.of(sequence("s" + i))).toList();
    Set<Sequence> tried = ConcurrentHashMap.newKeySet();
    List<Deferred> first = new CopyOnWriteArrayList<>();
    AtomicBoolean away = new AtomicBoolean();
    setup.bend =
        (method, arguments, real) ->
            switch (method) {
              case "deferred" -> {
                Deferred after = (Deferred) arguments[2];
                if (after != null && away.getAndSet(false)) {
                  throw new IllegalStateException("the store is away");
                }
                away.set(after == null && !first.isEmpty() && tried.add(SHOWN));
                yield page(first, resting, after, (int) arguments[3]);
              }
              case "next" -> {
                tried.add((Sequence) arguments[0]);
                if (first.contains(Deferred.of((Sequence) arguments[0]))) {
                  yield Optional.empty();
                }
                throw new IllegalStateException("it rests from now on");
              }
              default -> real.call();
            };
    lanes.begin();
    Await.until("all but one rest", () -> tried.size() == resting.size());

    first.add(Deferred.of(SEQUENCE)); // and the page behind the one that shows it fails
    Await.until("it is tried", () -> tried.contains(SEQUENCE));
  }

  private static List<Deferred> page(
      List<Deferred> first, List<Deferred> others, Deferred after, int max) {
    List<Deferred> all = new ArrayList<>(first);
    all.addAll(others);
    return all.stream()
        .filter(one -> after == null || one.sender().compareTo(after.sender()) > 0)
        .limit(max)
        .toList();
  }

  /** Another worker sets a message aside and lets the floor pass it. */
  private void deferredBesides(long ordering) {
    SetAsideRow row = SetAsideRow.of("reader", delivery(ordering), ordering);
    setup.memory.setAside().place(row, Wish.DEFER);
    setup.memory.offsets().save("reader", SliceRange.ALL, Position.of(0, ordering));
  }

  /** What is silent is deferred at the first attempt, as for a full window. */
  private void settle(long ordering) throws Exception {
    lanes.press(true);
    lanes
        .settle(TailItem.of(new TailRow(Position.of(0, ordering), journalRow(ordering))))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private List<State> states() {
    return setup.memory.setAside().rows(SEQUENCE, 10).stream().map(SetAsideRow::state).toList();
  }

  private static Sequence sequence(String sender) {
    return new Sequence("reader", new Address("writer", sender), new Address("reader", "x"));
  }

  private static JournalRow journalRow(long ordering) {
    return new JournalRow("writer|a", ordering, "w", "m", new byte[0], 0);
  }

  private static Delivery delivery(long ordering) {
    UUID id = new UUID(0, ordering);
    Position position = Position.of(0, ordering);
    return new Delivery(
        SEQUENCE.receiver(),
        new Cause.Delivered(id, SEQUENCE.sender(), position, 0, Position.START),
        new Outgoing.Sent(id, SEQUENCE.receiver(), new Payload("nothing", 1, new byte[0])),
        false);
  }
}
