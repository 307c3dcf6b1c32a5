package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.Address;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A sequence with more rows than one transaction changes, and a process that ends in between. */
final class LargeSequenceTest {

  private static final int ROWS = 2_500;

  private static final Sequence SEQUENCE =
      new Sequence("audit", new Address("form", "1"), new Address("audit", "all"));

  private static final String MORE =
      "insert into set_aside (consumer_group, outgoing_id, receiver, sender, slice,"
          + " sequence_number, origin_transaction, origin_ordering, outgoing_index,"
          + " hold_transaction, hold_ordering, hold_redrive, state, attempts_made, attempts_failed)"
          + " select consumer_group, gen_random_uuid()::text, receiver, sender, slice, n, 0, n, 0,"
          + " 0, n, 0, state, 0, 0 from set_aside, generate_series(2, "
          + ROWS
          + ") n";

  private final String url = TestPostgres.shared().database();

  @Test
  void redrive_thatEndsHalfWay_leavesTheHigherOnesParkedAndGoesOnInOrder() throws Exception {
    try (Store store = withRows(State.PARKED);
        Connection stalled = holding(1_500)) {
      assertThrows(RetryableException.class, () -> store.setAside().redrive(SEQUENCE));
      assertEquals(states(1_000, State.DEFERRED, State.PARKED), states(store));
      SetAsideRow first = store.setAside().next(SEQUENCE).orElseThrow();
      assertEquals(1, first.row());
      store.setAside().advance(first.in(State.DONE));
      assertEquals(2, store.setAside().next(SEQUENCE).orElseThrow().row());
      assertEquals(Placed.Step.PARK, placed(store, ROWS + 1));

      stalled.rollback();
      assertEquals(ROWS + 1 - 1_000, store.setAside().redrive(SEQUENCE));

      assertEquals(states(1, State.DONE, State.DEFERRED), states(store));
      assertEquals(Placed.Step.DEFER, placed(store, ROWS + 2));
    }
  }

  @Test
  void redrive_thatEndsHalfWay_parksAllAgainWhereTheFirstIsRefused() throws Exception {
    try (Store store = withRows(State.PARKED);
        Connection stalled = holding(1_500)) {
      assertThrows(RetryableException.class, () -> store.setAside().redrive(SEQUENCE));
      SetAsideRow first = store.setAside().next(SEQUENCE).orElseThrow();
      store.setAside().advance(first.in(State.PARKED));

      assertEquals(Optional.empty(), store.setAside().next(SEQUENCE));
      stalled.rollback();

      assertEquals(states(ROWS, State.PARKED, State.PARKED), states(store));
      assertEquals(ROWS, store.setAside().redrive(SEQUENCE));
    }
  }

  @Test
  void parkingBehind_thatEndsHalfWay_deliversNothingAndGoesOn() throws Exception {
    try (Store store = withRows(State.DEFERRED)) {
      SetAsideRow first = store.setAside().next(SEQUENCE).orElseThrow();
      store.setAside().advance(first.in(State.PARKED));
      try (Connection stalled = holding(1_500)) {
        assertThrows(RetryableException.class, () -> store.setAside().next(SEQUENCE));
        stalled.rollback();
      }
      assertEquals(states(1_001, State.PARKED, State.DEFERRED), states(store));

      assertEquals(Optional.empty(), store.setAside().next(SEQUENCE));

      assertEquals(states(ROWS, State.PARKED, State.PARKED), states(store));
    }
  }

  private Store withRows(State state) throws SQLException {
    Store store = Opened.at(url, Map.of("onewrite.postgres.lock-timeout", "1s"));
    Placed.Wish wish = state == State.PARKED ? Placed.Wish.PARK : Placed.Wish.DEFER;
    store.setAside().place(out(1), wish);
    Sql.run(url, MORE);
    return store;
  }

  /** Another client that keeps the row of this number, so that what changes it fails. */
  private Connection holding(long row) throws SQLException {
    Connection stalled = Sql.connect(url);
    stalled.setAutoCommit(false);
    try (Statement statement = stalled.createStatement()) {
      statement
          .executeQuery(
              "select * from onewrite.set_aside where sequence_number = " + row + " for update")
          .close();
    }
    return stalled;
  }

  private static Placed.Step placed(Store store, long row) {
    return store.setAside().place(out(row), Placed.Wish.SEND).step();
  }

  private static SetAsideRow out(long row) {
    Position at = Position.of(0, row);
    UUID id = new UUID(row, 0);
    return new SetAsideRow(SEQUENCE, id, row, at, 0, at, State.FAILING, Attempts.NONE, null);
  }

  private static List<State> states(Store store) {
    return store.setAside().rows(SEQUENCE, ROWS).stream().map(SetAsideRow::state).toList();
  }

  /** The first {@code first} in one state, the others in another. */
  private static List<State> states(int first, State one, State others) {
    return Stream.concat(
            Stream.generate(() -> one).limit(first),
            Stream.generate(() -> others).limit(ROWS - first))
        .toList();
  }
}
