package dev.onewrite.store.jdbc;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Changes of all rows of one state of a sequence, so many in a transaction. */
final class Chunks {

  /*
   * A sequence may have a hundred thousand rows. In one statement they hold their group's floor for
   * seconds, in which no offset is saved and nothing is set aside, and may take longer than the
   * server allows. So they are changed from the lowest upward, each chunk in a transaction of its own
   * that locks the floor. The process may die between any two; why that is safe (rules 17 and 18; the
   * model stops after each row):
   *
   * Redriven are the lowest parked rows, so what is deferred then stands in front of what is still
   * parked. The first open row decides: while it is deferred it is delivered, in order; then the
   * first parked one is first, and nothing behind it goes. What comes along the stream is parked, as
   * one is parked below it. This is what a sequence is like whose later message was refused while
   * earlier ones are deferred. The floor is read in each chunk: it may have risen since the last one,
   * and what is stable with it. If one that was redriven is refused meanwhile, what is parked behind
   * it stays so, as it would have been parked again; else a redrive might never end.
   *
   * Parked behind a parked row are the lowest deferred ones first, but any would do: that row is the
   * first open one before, between and after, so that nothing of the sequence is delivered. A redrive
   * in between defers what is parked, and all are deferred again, in order; those that were so all
   * along held back what is stable, so that their holds are above it still.
   */

  /** 1,000: some 20 ms in which the group waits, and a hundred commits for a hundred thousand. */
  static final int ROWS_MAX = 1_000;

  private Chunks() {}

  /**
   * What one transaction changed.
   *
   * @param last where it ended before the end; empty if nothing is left
   */
  record Chunk(int rows, Optional<SetAsideRow> last) {

    static final Chunk NONE = new Chunk(0, Optional.empty());

    boolean isPartial() {
      return last.isPresent();
    }
  }

  /** Those above the floor first: what they become is not parked, so the second leaves them. */
  static Chunk redrive(WriterSession session, Position floor, Sequence sequence, Chunk before)
      throws SQLException {
    Optional<SetAsideRow> first = nth(session, sequence, State.PARKED, 0);
    if (first.isEmpty() || before.last().filter(last -> isUpTo(first.get(), last)).isPresent()) {
      return Chunk.NONE;
    }
    Optional<SetAsideRow> last = nth(session, sequence, State.PARKED, ROWS_MAX - 1);
    PreparedStatement above = session.statement(SetAsideSql.REDRIVE_ABOVE);
    SetAsideSql.bind(above, 1, sequence);
    SetAsideSql.bind(above, 4, floor);
    bindUpTo(above, 7, last);
    PreparedStatement others = session.statement(SetAsideSql.REDRIVE);
    SetAsideSql.bind(others, 1, Rules.OURS.above(floor));
    SetAsideSql.bind(others, 4, sequence);
    bindUpTo(others, 7, last);
    return new Chunk(above.executeUpdate() + others.executeUpdate(), last);
  }

  static Chunk parkBehind(WriterSession session, Sequence sequence) throws SQLException {
    Optional<SetAsideRow> last = nth(session, sequence, State.DEFERRED, ROWS_MAX - 1);
    PreparedStatement park = session.statement(SetAsideSql.PARK_BEHIND);
    SetAsideSql.bind(park, 1, sequence);
    bindUpTo(park, 4, last);
    return new Chunk(park.executeUpdate(), last);
  }

  private static boolean isUpTo(SetAsideRow row, SetAsideRow last) {
    return SetAsideRow.EMISSION.compare(row, last) <= 0;
  }

  private static Optional<SetAsideRow> nth(
      WriterSession session, Sequence sequence, State state, int before) throws SQLException {
    PreparedStatement query = session.statement(SetAsideSql.NTH_OF_STATE);
    SetAsideSql.bind(query, 1, sequence);
    query.setString(4, state.name());
    query.setInt(5, before);
    return SetAsideSql.rows(query).stream().findFirst();
  }

  private static void bindUpTo(PreparedStatement statement, int first, Optional<SetAsideRow> last)
      throws SQLException {
    statement.setLong(first, last.map(row -> row.origin().transaction()).orElse(Long.MAX_VALUE));
    statement.setLong(first + 1, last.map(row -> row.origin().ordering()).orElse(Long.MAX_VALUE));
    statement.setInt(first + 2, last.map(SetAsideRow::index).orElse(Integer.MAX_VALUE));
  }
}
