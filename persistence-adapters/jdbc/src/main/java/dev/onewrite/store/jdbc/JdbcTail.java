package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

final class JdbcTail implements Tail {

  private final Database database;
  private final Reads reads;

  JdbcTail(Database database, Reads reads) {
    this.database = database;
    this.reads = reads;
  }

  @Override
  public Position bound() {
    return reads.read("the journal's end", database::bound);
  }

  @Override
  public List<TailRow> read(Position after, SliceRange slices, int max) {
    return reads.read(
        "the journal after " + after + " of slices " + slices,
        connection -> {
          List<TailRow> found = new ArrayList<>();
          try (PreparedStatement tail = database.tail(connection, after, slices, max);
              ResultSet rows = tail.executeQuery()) {
            long bytes = 0;
            while (bytes < PAGE_BYTES_MAX && rows.next()) {
              TailRow row = new TailRow(database.position(rows), JournalSql.row(rows));
              found.add(row);
              bytes += row.row().payload().length;
            }
          }
          return found;
        });
  }
}
