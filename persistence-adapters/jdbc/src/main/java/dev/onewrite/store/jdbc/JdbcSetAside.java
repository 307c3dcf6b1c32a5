package dev.onewrite.store.jdbc;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Sight;
import dev.onewrite.spi.Stable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class JdbcSetAside implements SetAside {

  /** 10,000 deferred rows are looked at for what is stable; the rest count together. */
  private static final int HOLDS_MAX = 10_000;

  /*
   * Each change locks its group's floor first, as saving an offset does: so they happen one after
   * the other, on however many nodes. The decisions are the Rules'; what is here is how to see what
   * they decide by, and how to write what they decided, without reading all rows of a sequence.
   */

  private final Writer writer;
  private final Reads reads;
  private final String forUpdate;

  JdbcSetAside(Writer writer, Reads reads, Database database) {
    this.writer = writer;
    this.reads = reads;
    this.forUpdate = database.forUpdate();
  }

  @Override
  public Placed place(SetAsideRow outgoing, Placed.Wish wish) {
    return alone(
        outgoing.sequence().group(),
        "a message set aside",
        (session, floor) -> place(session, floor, outgoing, wish));
  }

  private static Placed place(
      WriterSession session, Position floor, SetAsideRow outgoing, Placed.Wish wish)
      throws SQLException {
    SetAsideRow own = own(session, outgoing.key()).orElse(null);
    Seen seen = Seen.of(session, outgoing);
    boolean isOpen = own != null && own.state() != State.FAILING;
    Sight sight = new Sight(floor, isOpen, seen.parkedBelow(), seen.deferredBelow());
    Placed.Step step = Rules.OURS.place(sight, outgoing.origin(), wish);
    if (step.inserts()) {
      own = own == null ? outgoing : outgoing.after(outgoing.attempts().or(own.attempts()));
      own = own.in(step == Placed.Step.PARK ? State.PARKED : State.DEFERRED);
      put(session, own);
    }
    return step.inserts() || seen.ofSender()
        ? new Placed(step, own, true)
        : new Placed(step, own, false, Seen.discardedTo(session, outgoing));
  }

  private static Optional<SetAsideRow> own(WriterSession session, SetAsideRow.Key key)
      throws SQLException {
    PreparedStatement own = session.statement(SetAsideSql.BY_KEY);
    SetAsideSql.bind(own, key);
    return SetAsideSql.rows(own).stream().findFirst();
  }

  private static void put(WriterSession session, SetAsideRow row) throws SQLException {
    PreparedStatement put = session.statement(SetAsideSql.PUT);
    SetAsideSql.bind(put, row);
    put.executeUpdate();
  }

  @Override
  public void note(SetAsideRow failing) {
    alone(
        failing.sequence().group(),
        "the attempts of a message",
        (session, floor) -> {
          boolean unknown =
              own(session, failing.key()).filter(row -> row.state() != State.FAILING).isEmpty();
          if (unknown) {
            put(session, failing.in(State.FAILING));
          }
          return unknown;
        });
  }

  @Override
  public void forget(SetAsideRow.Key key) {
    alone(
        key.group(),
        "the attempts of a message",
        (session, floor) -> {
          PreparedStatement forget = session.statement(SetAsideSql.FORGET);
          SetAsideSql.bind(forget, key);
          return forget.executeUpdate();
        });
  }

  @Override
  public Set<String> senders(String group, SliceRange slices, int max) {
    return read(
        SetAsideSql.SENDERS,
        query -> {
          query.setString(1, group);
          query.setInt(2, slices.from());
          query.setInt(3, slices.to());
          query.setInt(4, max);
          Set<String> senders = new HashSet<>();
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              senders.add(rows.getString(1));
            }
          }
          return senders;
        });
  }

  /** The floor first: a row that is deferred after it was read has a hold above it. */
  @Override
  public Stable stable(String group) {
    return reads.read(
        "what is stable for '" + group + "'",
        connection -> {
          Position floor = JdbcOffsets.floor(connection, group);
          try (PreparedStatement holds = connection.prepareStatement(SetAsideSql.HOLDS)) {
            holds.setString(1, group);
            holds.setInt(2, HOLDS_MAX);
            return stable(floor, holds);
          }
        });
  }

  /**
   * Rows come by hold: the first of a receiver is its least, and none not seen is below the last.
   * To what is no address nothing is delivered, so nobody asks what is stable for it.
   */
  private static Stable stable(Position floor, PreparedStatement holds) throws SQLException {
    Map<Address, Position> least = new HashMap<>();
    Position last = Position.START;
    int seen = 0;
    try (ResultSet rows = holds.executeQuery()) {
      while (rows.next()) {
        seen++;
        last = SetAsideSql.position(rows, 2);
        Address receiver = SetAsideSql.address(rows.getString(1));
        if (receiver != null) {
          least.putIfAbsent(receiver, last);
        }
      }
    }
    return new Stable(floor, least, seen < HOLDS_MAX ? null : last);
  }

  @Override
  public int clean(String group) {
    return alone(
        group,
        "messages that are over",
        (session, floor) -> {
          PreparedStatement clean = session.statement(SetAsideSql.CLEAN);
          clean.setString(1, group);
          clean.setLong(2, floor.transaction());
          clean.setLong(3, floor.ordering());
          return clean.executeUpdate();
        });
  }

  @Override
  public List<Deferred> deferred(
      String group, SliceRange slices, @Nullable Deferred after, int max) {
    return read(
        SetAsideSql.DEFERRED,
        query -> {
          query.setString(1, group);
          query.setInt(2, slices.from());
          query.setInt(3, slices.to());
          query.setString(4, after == null ? "" : after.sender());
          query.setString(5, after == null ? "" : after.receiver());
          query.setInt(6, max);
          List<Deferred> deferred = new ArrayList<>();
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              deferred.add(Deferred.of(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
          }
          return deferred;
        });
  }

  /** What there is to deliver, and whether there is more to park before that can be said. */
  private record Looked(Optional<SetAsideRow> next, boolean again) {
    static final Looked AT_NOTHING = new Looked(Optional.empty(), false);
  }

  @Override
  public Optional<SetAsideRow> next(Sequence sequence) {
    Looked looked = look(sequence);
    while (looked.again()) {
      looked = look(sequence);
    }
    return looked.next();
  }

  private Looked look(Sequence sequence) {
    return alone(
        sequence.group(),
        "a message that is tried again",
        (session, floor) -> {
          PreparedStatement query = session.statement(SetAsideSql.FIRST_OF_TWO_STATES);
          Optional<SetAsideRow> first = SetAsideSql.firstOpen(query, sequence);
          Rules.Retry retry = Rules.OURS.retry(first.map(SetAsideRow::state));
          return switch (retry) {
            case NOTHING -> Looked.AT_NOTHING;
            case DELIVER -> new Looked(first, false);
            case PARK_BEHIND ->
                new Looked(Optional.empty(), Chunks.parkBehind(session, sequence).isPartial());
          };
        });
  }

  @Override
  public boolean advance(SetAsideRow to) {
    return alone(
        to.sequence().group(),
        "what came of a message",
        (session, floor) -> {
          boolean meant =
              own(session, to.key()).filter(now -> Rules.OURS.stillMeant(now, to)).isPresent();
          if (meant) {
            put(session, to);
          }
          return meant;
        });
  }

  @Override
  public List<Backlog> backlogs(Backlog.Filter which, int max) {
    return reads.read("what is set aside", connection -> JdbcBacklogs.read(connection, which, max));
  }

  @Override
  public List<SetAsideRow> rows(Sequence sequence, int max) {
    return read(
        SetAsideSql.OF_SEQUENCE,
        query -> {
          SetAsideSql.bind(query, 1, sequence);
          query.setInt(4, max);
          return SetAsideSql.rows(query);
        });
  }

  @Override
  public List<SetAsideRow> find(UUID id) {
    return read(
        SetAsideSql.OF_OUTGOING,
        query -> {
          query.setString(1, id.toString());
          return SetAsideSql.rows(query);
        });
  }

  @Override
  public int redrive(Sequence sequence) {
    int redriven = 0;
    Chunks.Chunk chunk = Chunks.Chunk.NONE;
    do {
      Chunks.Chunk before = chunk;
      chunk =
          alone(
              sequence.group(),
              "the messages to redrive",
              (session, floor) -> Chunks.redrive(session, floor, sequence, before));
      redriven += chunk.rows();
    } while (chunk.isPartial());
    return redriven;
  }

  @Override
  public Optional<State> discard(SetAsideRow.Key key, SetAsideRow.Discard discard) {
    return alone(
        key.group(),
        "a message to discard",
        (session, floor) -> {
          Optional<SetAsideRow> known = own(session, key);
          if (known.filter(row -> Rules.OURS.isDiscardable(row.state())).isPresent()) {
            put(session, known.get().discarded(discard));
          }
          return known.map(SetAsideRow::state);
        });
  }

  @FunctionalInterface
  private interface Query<T> {
    T on(PreparedStatement query) throws SQLException;
  }

  private <T> T read(String sql, Query<T> query) {
    return reads.read(
        "what is set aside",
        (Connection connection) -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return query.on(statement);
          }
        });
  }

  @FunctionalInterface
  private interface Change<T> {
    T in(WriterSession session, Position floor) throws SQLException;
  }

  /** Done by the writer, while nobody else changes what is set aside of this group or its floor. */
  private <T> T alone(String group, String subject, Change<T> change) {
    List<T> result = new ArrayList<>(1);
    writer.submitAndWait(
        Write.besides(
            JdbcOffsets.place(group),
            subject + " of '" + group + "'",
            0,
            session -> {
              Position floor = JdbcOffsets.lockedFloor(session, group, forUpdate);
              result.clear(); // it may be done again, after a rollback
              result.add(change.in(session, floor));
            }));
    return result.get(0);
  }
}
