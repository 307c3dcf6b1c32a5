package dev.onewrite.store.jdbc;

import dev.onewrite.spi.SnapshotRow;
import dev.onewrite.spi.Snapshots;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

final class JdbcSnapshots implements Snapshots {

  private static final String LATEST =
      "select persistence_id, sequence_number, manifest, payload, written_at from snapshot"
          + " where persistence_id = ? and sequence_number <= ?"
          + " order by sequence_number desc limit 1";

  private static final String SAVE =
      "insert into snapshot (persistence_id, sequence_number, manifest, payload, written_at)"
          + " values (?, ?, ?, ?, ?) on conflict (persistence_id, sequence_number) do update set"
          + " manifest = excluded.manifest, payload = excluded.payload,"
          + " written_at = excluded.written_at";

  private static final String DELETE =
      "delete from snapshot where persistence_id = ? and sequence_number between ? and ?";

  private final Writer writer;
  private final Reads reads;

  JdbcSnapshots(Writer writer, Reads reads) {
    this.writer = writer;
    this.reads = reads;
  }

  @Override
  public Optional<SnapshotRow> latest(String persistenceId, long sequenceNumberMax) {
    return reads.read(
        "the snapshot of '" + persistenceId + "'",
        connection -> {
          try (PreparedStatement latest = connection.prepareStatement(LATEST)) {
            latest.setString(1, persistenceId);
            latest.setLong(2, sequenceNumberMax);
            try (ResultSet rows = latest.executeQuery()) {
              return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public void save(SnapshotRow row) {
    writer.submitAndWait(
        Write.besides(
            "snapshot|" + row.persistenceId(),
            "the snapshot of '" + row.persistenceId() + "' at " + row.sequenceNumber(),
            row.payload().length,
            session -> {
              PreparedStatement save = session.statement(SAVE);
              save.setString(1, row.persistenceId());
              save.setLong(2, row.sequenceNumber());
              save.setString(3, row.manifest());
              save.setBytes(4, row.payload());
              save.setLong(5, row.writtenAt());
              save.executeUpdate();
            }));
  }

  @Override
  public void delete(String persistenceId, long from, long to) {
    writer.submitAndWait(
        Write.besides(
            "snapshot|" + persistenceId,
            "the deletion of snapshots of '" + persistenceId + "'",
            0,
            session -> {
              PreparedStatement delete = session.statement(DELETE);
              delete.setString(1, persistenceId);
              delete.setLong(2, from);
              delete.setLong(3, to);
              delete.executeUpdate();
            }));
  }

  static SnapshotRow row(ResultSet rows) throws SQLException {
    return new SnapshotRow(
        rows.getString(1), rows.getLong(2), rows.getString(3), rows.getBytes(4), rows.getLong(5));
  }
}
