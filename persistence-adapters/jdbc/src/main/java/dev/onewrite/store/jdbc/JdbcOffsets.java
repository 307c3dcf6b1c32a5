package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.SliceOffsets;
import dev.onewrite.spi.StoredOffset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

final class JdbcOffsets implements Offsets {

  private static final String READ =
      "select slice_from, slice_to, transaction_id, ordering, redrive from consumer_offset"
          + " where consumer_group = ?";

  private static final String FLOOR =
      "select transaction_id, ordering, redrive from consumer_floor where consumer_group = ?";

  /* The conditions make it a no-op to save less than is stored, whoever saves it and when. */

  private static final String SAVE =
      "insert into consumer_offset"
          + " (consumer_group, slice_from, slice_to, transaction_id, ordering, redrive)"
          + " values (?, ?, ?, ?, ?, ?)"
          + " on conflict (consumer_group, slice_from, slice_to) do update set"
          + " transaction_id = excluded.transaction_id, ordering = excluded.ordering,"
          + " redrive = excluded.redrive"
          + " where (excluded.transaction_id, excluded.ordering, excluded.redrive)"
          + " > (consumer_offset.transaction_id, consumer_offset.ordering, consumer_offset.redrive)";

  private static final String RAISE_FLOOR =
      "insert into consumer_floor (consumer_group, transaction_id, ordering, redrive)"
          + " values (?, ?, ?, ?)"
          + " on conflict (consumer_group) do update set"
          + " transaction_id = excluded.transaction_id, ordering = excluded.ordering,"
          + " redrive = excluded.redrive"
          + " where (excluded.transaction_id, excluded.ordering, excluded.redrive)"
          + " > (consumer_floor.transaction_id, consumer_floor.ordering, consumer_floor.redrive)";

  /* Two nodes that raise a group's offsets at once would each compute a floor without the other's. */

  private static final String FIRST_FLOOR =
      "insert into consumer_floor (consumer_group, transaction_id, ordering, redrive)"
          + " values (?, 0, 0, 0) on conflict (consumer_group) do nothing";

  private final Writer writer;
  private final Reads reads;
  private final String forUpdate;

  JdbcOffsets(Writer writer, Reads reads, Database database) {
    this.writer = writer;
    this.reads = reads;
    this.forUpdate = database.forUpdate();
  }

  @Override
  public List<StoredOffset> read(String group) {
    return reads.read(
        "the offsets of '" + group + "'",
        connection -> {
          try (PreparedStatement read = connection.prepareStatement(READ)) {
            return offsets(read, group);
          }
        });
  }

  @Override
  public Position floor(String group) {
    return reads.read("the floor of '" + group + "'", connection -> floor(connection, group));
  }

  static Position floor(Connection connection, String group) throws SQLException {
    try (PreparedStatement floor = connection.prepareStatement(FLOOR)) {
      return floor(floor, group);
    }
  }

  /** Where in the order of locks everything stands that locks a group's floor. */
  static String place(String group) {
    return "offset|" + group;
  }

  @Override
  public Position save(String group, SliceRange slices, Position position) {
    Save save = new Save(group, slices, position, forUpdate);
    writer.submitAndWait(
        Write.besides(
            place(group),
            "the offset " + position + " of '" + group + "' slices " + slices,
            0,
            save));
    return save.floor;
  }

  /** Raises an offset and, as far as that allows, the floor. */
  private static final class Save implements Write.Work {

    private final String group;
    private final SliceRange slices;
    private final Position position;
    private final String forUpdate;

    /** Written by the writer, read by who waited for it. */
    private Position floor = Position.START;

    Save(String group, SliceRange slices, Position position, String forUpdate) {
      this.group = group;
      this.forUpdate = forUpdate;
      this.slices = slices;
      this.position = position;
    }

    @Override
    public void in(WriterSession session) throws SQLException {
      lockedFloor(session, group, forUpdate);
      PreparedStatement save = session.statement(SAVE);
      save.setString(1, group);
      save.setInt(2, slices.from());
      save.setInt(3, slices.to());
      set(save, 4, position);
      if (save.executeUpdate() > 0) {
        PreparedStatement raise = session.statement(RAISE_FLOOR);
        raise.setString(1, group);
        set(raise, 2, SliceOffsets.floor(offsets(session.statement(READ), group)));
        raise.executeUpdate();
      }
      floor = floor(session.statement(FLOOR), group);
      session.floors().put(group, floor);
    }
  }

  /** The group's floor, which nobody else raises until the transaction ends. */
  static Position lockedFloor(WriterSession session, String group, String forUpdate)
      throws SQLException {
    Position floor = session.floors().get(group);
    if (floor == null) {
      floor = lock(session, group, forUpdate);
      session.floors().put(group, floor);
    }
    return floor;
  }

  /** There is nothing to lock where there is one writer to the database. */
  private static Position lock(WriterSession session, String group, String forUpdate)
      throws SQLException {
    PreparedStatement lock = session.statement(FLOOR + forUpdate);
    lock.setString(1, group);
    try (ResultSet rows = lock.executeQuery()) {
      if (rows.next()) {
        return position(rows, 1);
      }
    }
    if (!forUpdate.isEmpty()) {
      // Whoever inserts it first holds it; the others wait here.
      PreparedStatement first = session.statement(FIRST_FLOOR);
      first.setString(1, group);
      first.executeUpdate();
    }
    return floor(lock, group);
  }

  private static List<StoredOffset> offsets(PreparedStatement read, String group)
      throws SQLException {
    read.setString(1, group);
    List<StoredOffset> offsets = new ArrayList<>();
    try (ResultSet rows = read.executeQuery()) {
      while (rows.next()) {
        SliceRange slices = new SliceRange(rows.getInt(1), rows.getInt(2));
        offsets.add(new StoredOffset(slices, position(rows, 3)));
      }
    }
    return offsets;
  }

  private static Position floor(PreparedStatement floor, String group) throws SQLException {
    floor.setString(1, group);
    try (ResultSet rows = floor.executeQuery()) {
      return rows.next() ? position(rows, 1) : Position.START;
    }
  }

  private static void set(PreparedStatement statement, int first, Position position)
      throws SQLException {
    statement.setLong(first, position.transaction());
    statement.setLong(first + 1, position.ordering());
    statement.setInt(first + 2, position.redrive());
  }

  private static Position position(ResultSet rows, int first) throws SQLException {
    return new Position(rows.getLong(first), rows.getLong(first + 1), rows.getInt(first + 2));
  }
}
