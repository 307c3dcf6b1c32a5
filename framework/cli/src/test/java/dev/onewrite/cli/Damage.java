package dev.onewrite.cli;

import dev.onewrite.inspect.Finding;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.SnapshotRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What somebody does to a store by hand, and what a check has to call it. */
record Damage(Finding.Kind found, String what, Deed deed) {

  @FunctionalInterface
  interface Deed {
    void to(Connection connection) throws SQLException;
  }

  static Damage sql(Finding.Kind found, String what, String... statements) {
    return new Damage(
        found,
        what,
        connection -> {
          for (String sql : statements) {
            run(connection, sql);
          }
        });
  }

  /** Those that any database takes. */
  static List<Damage> everywhere() {
    return List.of(
        sql(
            Finding.Kind.HISTORY_GAP,
            "a row is deleted",
            "delete from journal where persistence_id = 'order|o1' and sequence_number = 4"),
        new Damage(Finding.Kind.ROW_DAMAGED, "a byte of a row is another", Damage::flipRow),
        sql(
            Finding.Kind.WRITERS_INTERLEAVED,
            "a row has another writer",
            "update journal set writer = 'zombie'"
                + " where persistence_id = 'order|o1' and sequence_number = 3"),
        sql(
            Finding.Kind.SLICE_WRONG,
            "a row has another slice",
            "update journal set slice = 1023 - slice"
                + " where persistence_id = 'order|o1' and sequence_number = 3"),
        new Damage(
            Finding.Kind.SNAPSHOT_DAMAGED, "a byte of a snapshot is another", Damage::flipSnapshot),
        sql(
            Finding.Kind.SNAPSHOT_AHEAD,
            "a snapshot is of a later turn",
            "update snapshot set sequence_number = 99 where persistence_id = 'order|o1'"
                + " and sequence_number = 5"),
        new Damage(
            Finding.Kind.SNAPSHOT_DIFFERS, "a snapshot has another context", Damage::otherContext),
        new Damage(Finding.Kind.EFFECT_DOUBLED, "an effect is there twice", Damage::doubled),
        new Damage(Finding.Kind.EFFECTS_OUT_OF_ORDER, "two effects change places", Damage::swapped),
        sql(
            Finding.Kind.EFFECT_WITHOUT_CAUSE,
            "the last row of a sender is deleted",
            "delete from journal where persistence_id = 'order|o1' and sequence_number = 7"),
        sql(
            Finding.Kind.OUTGOING_LOST,
            "the last row of a receiver is deleted",
            "delete from journal where persistence_id = 'stock|s' and sequence_number = 42"),
        sql(
            Finding.Kind.ACTIVITY_LOST,
            "the result of an activity is deleted",
            "delete from journal where persistence_id = 'caller|c' and sequence_number = 2"),
        sql(
            Finding.Kind.OFFSET_AHEAD,
            "an offset is raised",
            "update consumer_offset set ordering = ordering + 1000000"
                + " where consumer_group = 'stock'"),
        sql(
            Finding.Kind.FLOOR_AHEAD,
            "a floor is raised",
            "update consumer_floor set ordering = ordering + 1000000"
                + " where consumer_group = 'stock'"),
        sql(
            Finding.Kind.TIMER_MISSING,
            "a timer is deleted",
            "delete from timer where persistence_id = 'order|o1'"),
        sql(
            Finding.Kind.TIMER_UNKNOWN,
            "a timer is of nobody",
            "update timer set persistence_id = 'order|nobody'"
                + " where persistence_id = 'order|o1'"),
        sql(
            Finding.Kind.SET_ASIDE_WRONG,
            "a message is parked that nobody sent",
            park("'00000000-0000-7000-8000-000000000001'", "7", "0", "1000000", "0", "1000000")));
  }

  /** The first message of row 3 of an order, parked as it would be: no damage. */
  static Deed parked(String change) {
    return parked(3, change);
  }

  static Deed parked(int row, String change) {
    return connection -> {
      String id =
          BatchCodec.envelope(row(connection, "order|o1", row)).outgoings().get(0).id() + "";
      String at =
          "(select ordering from journal where persistence_id = 'order|o1'"
              + " and sequence_number = "
              + row
              + ")";
      run(connection, park("'" + id + "'", row + "", "0", at, "0", at));
      run(connection, "update set_aside set " + change + " where sequence_number = " + row);
    };
  }

  /** The last message that the stock has handled, as if it had refused it for good: no damage. */
  static void refused(Connection connection) throws SQLException {
    BatchCodec codec = BatchCodec.plain();
    Batch last = codec.decode(row(connection, "stock|s", 42));
    Outcome before = codec.decode(row(connection, "stock|s", 41)).outcome();
    Batch refusal =
        new Batch(
            last.cause(),
            List.of(),
            before,
            List.of(),
            List.of(),
            List.of(),
            null,
            "no",
            last.at(),
            null);
    write(connection, "journal", "stock|s", 42, codec.encode("stock|s", 42, refusal));
    Cause.Delivered cause = (Cause.Delivered) last.cause();
    String sender = cause.sender().persistenceId();
    String at = cause.position().ordering() + "";
    String row = "(select sequence_number from journal where ordering = " + at + ")";
    run(connection, park("'" + cause.id() + "'", row, "0", at, cause.index() + "", at));
    run(
        connection,
        "update set_aside set sender = '%s', slice = %d"
            .formatted(sender, SliceRange.sliceOf(sender)));
  }

  private static void forgotten(Connection connection) throws SQLException {
    refused(connection);
    run(connection, "delete from set_aside");
  }

  private static String park(
      String id, String row, String transaction, String at, String index, String hold) {
    return "insert into set_aside (consumer_group, outgoing_id, receiver, sender, slice,"
        + " sequence_number, origin_transaction, origin_ordering, outgoing_index,"
        + " hold_transaction, hold_ordering, hold_redrive, state, attempts_made, attempts_failed)"
        + " values ('stock', "
        + String.join(
            ", ",
            id,
            "'stock|s'",
            "'order|o1'",
            "" + SliceRange.sliceOf("order|o1"),
            row,
            transaction,
            at,
            index,
            transaction,
            hold)
        + ", 0, 'PARKED', 3, 3)";
  }

  private static Damage setAside(String what, String change) {
    return new Damage(Finding.Kind.SET_ASIDE_WRONG, what, parked(change));
  }

  /** Those that need the tables changed, in SQL that SQLite takes. */
  static List<Damage> onSqlite() {
    return List.of(
        sql(
            Finding.Kind.HISTORY_FORK,
            "a number is there twice",
            "create table copied as select * from journal",
            "drop table journal",
            "alter table copied rename to journal",
            "insert into journal select 99999, persistence_id, sequence_number, slice, writer,"
                + " manifest, written_at, payload from journal"
                + " where persistence_id = 'order|o1' and sequence_number = 7"),
        sql(
            Finding.Kind.ROWS_OUT_OF_ORDER,
            "a row stands further on",
            "update journal set ordering = 99999"
                + " where persistence_id = 'order|o1' and sequence_number = 2"),
        new Damage(
            Finding.Kind.OUTGOING_LOST, "a refused message is parked no more", Damage::forgotten),
        new Damage(
            Finding.Kind.SLICE_WRONG,
            "a parked message has another slice",
            parked("slice = 1023 - slice")),
        setAside("a parked message's row is another", "sequence_number = 4"),
        setAside("a parked message's place in the row is another", "outgoing_index = 1"),
        setAside(
            "a parked message's position is another",
            "origin_ordering = origin_ordering + 1, hold_ordering = hold_ordering + 1"),
        setAside("a parked message is held below its position", "hold_ordering = 0"),
        setAside("a parked message is for another receiver", "receiver = 'stock|t'"),
        setAside("a parked message is of another group", "consumer_group = 'audit'"),
        setAside("a parked message is of another sender", "sender = 'order|o2'"),
        setAside("a parked message's id is none", "outgoing_id = 'none'"),
        setAside("a parked message's state is none", "state = 'LOST'"),
        setAside("a parked message's sender is none", "sender = 'order'"),
        setAside("a parked message's receiver is none", "receiver = ''"));
  }

  @Override
  public String toString() {
    return found + ": " + what;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void flipRow(Connection connection) throws SQLException {
    JournalRow row = row(connection, "order|o1", 3);
    row.payload()[row.payload().length / 2] ^= 1;
    write(connection, "journal", row.persistenceId(), 3, row.payload());
  }

  private static void flipSnapshot(Connection connection) throws SQLException {
    byte[] payload = payload(connection, "snapshot", "order|o1", 5);
    payload[payload.length / 2] ^= 1;
    write(connection, "snapshot", "order|o1", 5, payload);
  }

  private static void otherContext(Connection connection) throws SQLException {
    byte[] payload = payload(connection, "snapshot", "order|o1", 5);
    StoredState state =
        StateCodec.plain().decode(new SnapshotRow("order|o1", 5, "state/1", payload, 0));
    Payload context = state.outcome().context();
    byte[] other = context.bytes().clone();
    other[other.length - 2] += 1; // the number of turns, before the map's end
    StoredState wrong =
        new StoredState(
            state.turns(),
            new Outcome(
                state.outcome().machine(), new Payload(context.type(), context.version(), other)),
            state.stable(),
            state.marks(),
            state.replies(),
            state.timers(),
            state.invoked(),
            state.forgotten());
    write(connection, "snapshot", "order|o1", 5, StateCodec.plain().encode("order|o1", wrong));
  }

  private static void doubled(Connection connection) throws SQLException {
    Batch last = BatchCodec.plain().decode(row(connection, "stock|s", 42));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into journal (persistence_id, sequence_number, slice, writer, manifest,"
                + " written_at, payload) select persistence_id, 43, slice, writer, manifest,"
                + " written_at, ? from journal"
                + " where persistence_id = 'stock|s' and sequence_number = 42")) {
      insert.setBytes(1, BatchCodec.plain().encode("stock|s", 43, last));
      insert.execute();
    }
  }

  /** The first two of one sender: one turn has sent both. */
  private static void swapped(Connection connection) throws SQLException {
    BatchCodec codec = BatchCodec.plain();
    List<Long> ofOne = new ArrayList<>();
    for (long number = 1; ofOne.size() < 2; number++) {
      Batch batch = codec.decode(row(connection, "stock|s", number));
      if (batch.cause() instanceof Cause.Delivered delivered
          && delivered.sender().persistenceId().equals("order|o1")) {
        ofOne.add(number);
      }
    }
    long one = ofOne.get(0);
    long other = ofOne.get(1);
    Batch first = codec.decode(row(connection, "stock|s", one));
    Batch second = codec.decode(row(connection, "stock|s", other));
    write(connection, "journal", "stock|s", one, codec.encode("stock|s", one, second));
    write(connection, "journal", "stock|s", other, codec.encode("stock|s", other, first));
  }

  private static JournalRow row(Connection connection, String entity, long number)
      throws SQLException {
    byte[] payload = payload(connection, "journal", entity, number);
    return new JournalRow(entity, number, "", BatchCodec.MANIFEST, payload, 0);
  }

  private static byte[] payload(Connection connection, String table, String entity, long number)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select payload from " + table + " where persistence_id = ? and sequence_number = ?")) {
      select.setString(1, entity);
      select.setLong(2, number);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getBytes(1);
      }
    }
  }

  private static void write(
      Connection connection, String table, String entity, long number, byte[] payload)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + table
                + " set payload = ? where persistence_id = ? and sequence_number = ?")) {
      update.setBytes(1, payload);
      update.setString(2, entity);
      update.setLong(3, number);
      update.execute();
    }
  }
}
