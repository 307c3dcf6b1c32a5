package dev.onewrite.store.jdbc;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.JournalRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table {@code journal}, in SQL that every {@link Database} takes. */
public final class JournalSql {

  /** What {@link #row} reads. */
  public static final String COLUMNS =
      "persistence_id, sequence_number, writer, manifest, payload, written_at";

  static final String INSERT =
      "insert into journal (persistence_id, sequence_number, slice, writer, manifest, payload,"
          + " written_at) values (?, ?, ?, ?, ?, ?, ?)";

  static final String HIGHEST = "select max(sequence_number) from journal where persistence_id = ?";

  /** What a page of one history is, and its order. */
  static final String OF_HISTORY = "persistence_id = ? and sequence_number between ? and ?";

  static final List<String> BY_NUMBER = List.of("sequence_number");

  private JournalSql() {}

  static void bind(PreparedStatement insert, JournalRow row) throws SQLException {
    insert.setString(1, row.persistenceId());
    insert.setLong(2, row.sequenceNumber());
    insert.setInt(3, SliceRange.sliceOf(row.persistenceId()));
    insert.setString(4, row.writer());
    insert.setString(5, row.manifest());
    insert.setBytes(6, row.payload());
    insert.setLong(7, row.writtenAt());
  }

  /** The row that {@code rows} stands on; its first six columns are {@link #COLUMNS}. */
  public static JournalRow row(ResultSet rows) throws SQLException {
    return new JournalRow(
        rows.getString(1),
        rows.getLong(2),
        rows.getString(3),
        rows.getString(4),
        rows.getBytes(5),
        rows.getLong(6));
  }
}
