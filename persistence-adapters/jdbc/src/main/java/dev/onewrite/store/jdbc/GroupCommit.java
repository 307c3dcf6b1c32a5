package dev.onewrite.store.jdbc;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.spi.CommitListeners;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one writer: takes what waits, and commits as much as fits in one transaction. */
final class GroupCommit implements Writer {

  /*
   * One thread owns the writing connection, so writes never contend for the database's lock, and
   * while one commit is being synced the next one gathers: the busier, the larger the commits.
   *
   * A group is executed in the order of its locks, which keeps the order of each history. If a
   * write fails, everything is rolled back and the group is cut around it: those before it, it
   * alone, those behind it, each part in a transaction of its own and in that order. So a bad row
   * fails alone, its neighbours cost two more commits, and the writes of one history never overtake
   * each other. Rows that were sent together fail together: they are sent again one by one, which
   * names the culprit.
   *
   * A statement that takes too long may be the fault of its write, or of a database that is too slow
   * for any. Its neighbours get one more try; a second such failure among them is everybody's, so
   * that a group ends after a few times the time-out and not after one for each of its writes.
   *
   * A write that fails other than by a number that is taken also fails the appends to the same
   * history behind it, in the group and in the queue: written, they would leave a gap that makes
   * the history unreadable for ever. They are taken out of the queue before anybody hears of the
   * failure, so an append that comes in answer to it is not among them.
   *
   * Nobody is told anything before the commit returned. If the commit itself fails, nobody can say
   * whether it happened: the connection is given up, so that whatever was under way is settled, and
   * everybody in it hears "unknown" and reads the truth.
   */

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private record Culprit(int index, Throwable cause, FailureKind kind) {
    boolean concernsAll() {
      return kind == FailureKind.UNAVAILABLE || kind == FailureKind.DAMAGED;
    }

    /** Whether, of rows that were sent together, it may be another one. */
    boolean mayBeAnother() {
      return !concernsAll() && kind != FailureKind.TIMED_OUT;
    }
  }

  private final Database database;
  private final Faults faults;
  private final CommitListeners listeners;
  private final Failures failures;
  private final WriteQueue queue = new WriteQueue();
  private final Thread thread;
  private Optional<WriterSession> session;

  private GroupCommit(
      Database database,
      String name,
      Optional<WriterSession> session,
      Faults faults,
      CommitListeners listeners) {
    this.database = database;
    this.session = session;
    this.faults = faults;
    this.listeners = listeners;
    this.failures = new Failures(database.description());
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Opens the writer's connection, so that a database that cannot be written stops the start. */
  static GroupCommit start(Database database, Faults faults, CommitListeners listeners)
      throws SQLException {
    WriterSession session = new WriterSession(database.openWriter());
    return running(
        new GroupCommit(database, "onewrite-writer", Optional.of(session), faults, listeners));
  }

  /** Opens its connection when there is something to write. */
  static GroupCommit lazily(Database database, String name, CommitListeners listeners) {
    return running(new GroupCommit(database, name, Optional.empty(), Faults.NONE, listeners));
  }

  private static GroupCommit running(GroupCommit groupCommit) {
    groupCommit.thread.start();
    return groupCommit;
  }

  /** The stage is completed on the writer's thread. */
  @Override
  public CompletionStage<Void> submit(Write write) {
    return switch (queue.offer(write)) {
      case TAKEN -> write.outcome();
      case FULL -> CompletableFuture.failedFuture(failures.full(write));
      case CLOSED -> CompletableFuture.failedFuture(failures.closed(write.subject()));
    };
  }

  @Override
  public void submitAndWait(Write write) {
    if (Thread.currentThread() == thread) {
      throw failures.wrongThread(write.subject());
    }
    try {
      submit(write).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof OnewriteException coded ? coded : e;
    }
  }

  private void run() {
    for (List<Write> group = queue.next(); !group.isEmpty(); group = queue.next()) {
      try {
        write(group);
      } catch (Throwable e) {
        // Not reached by any failure we know of. A writer that died here would leave every later
        // caller waiting for ever; those of this group are told what is true: it is unknown.
        log.error(
            "The writer met a failure it has no rule for; it goes on with the next group.", e);
        giveUpSession();
        group.forEach(write -> write.outcome().completeExceptionally(failures.unknown(write, e)));
      }
    }
    giveUpSession();
  }

  private void write(List<Write> group) {
    Set<String> gapped = new HashSet<>();
    ArrayDeque<List<Write>> parts = new ArrayDeque<>();
    List<Write> inOrder = new ArrayList<>(group);
    inOrder.sort(Write.LOCK_ORDER);
    parts.add(inOrder);
    boolean slow = false;
    while (!parts.isEmpty()) {
      List<Write> part = withoutGapped(parts.removeFirst(), gapped);
      Optional<Culprit> culprit = attempt(part, gapped);
      if (culprit.isEmpty()) {
        continue;
      }
      FailureKind kind = culprit.get().kind();
      boolean timedOut = kind == FailureKind.TIMED_OUT && part.size() > 1;
      if (part.size() == 1 || culprit.get().concernsAll() || (timedOut && slow)) {
        fail(part, gapped, kind != FailureKind.TAKEN, write -> failure(write, culprit.get()));
      } else {
        slow |= timedOut;
        int at = culprit.get().index();
        parts.addFirst(part.subList(at + 1, part.size()));
        parts.addFirst(part.subList(at, at + 1));
        parts.addFirst(part.subList(0, at));
      }
    }
  }

  private List<Write> withoutGapped(List<Write> part, Set<String> gapped) {
    if (gapped.isEmpty()) {
      return part;
    }
    List<Write> kept = new ArrayList<>(part.size());
    for (Write write : part) {
      if (write.isAppend() && gapped.contains(write.persistenceId())) {
        failBehind(write);
      } else {
        kept.add(write);
      }
    }
    return kept;
  }

  /** Commits {@code part} and tells everybody, or leaves no trace of it and says what failed. */
  private Optional<Culprit> attempt(List<Write> part, Set<String> gapped) {
    if (part.isEmpty()) {
      return Optional.empty();
    }
    boolean gather = database.gathersRows() && part.size() > 1;
    Optional<Culprit> culprit = execute(part, gather);
    if (gather && culprit.filter(Culprit::mayBeAnother).isPresent()) {
      culprit = execute(part, false);
    }
    if (culprit.isEmpty()) {
      commit(part, session.orElseThrow(), gapped);
    }
    return culprit;
  }

  /** Leaves {@code part} written and not committed, or no trace of it. */
  private Optional<Culprit> execute(List<Write> part, boolean gather) {
    WriterSession open;
    try {
      open = openSession();
    } catch (SQLException | RuntimeException e) {
      // Whoever's turn it is: without a connection nobody's row can be written.
      boolean damaged =
          e instanceof SQLException sql && database.kindOf(sql) == FailureKind.DAMAGED;
      return Optional.of(
          new Culprit(0, e, damaged ? FailureKind.DAMAGED : FailureKind.UNAVAILABLE));
    }
    int at = 0;
    try {
      open.begin(gather);
      for (; at < part.size(); at++) {
        part.get(at).execute(open);
      }
      open.flush();
      return Optional.empty();
    } catch (SQLException e) {
      FailureKind kind = database.kindOf(e);
      if (at == part.size() && kind == FailureKind.TIMED_OUT) {
        kind = FailureKind.UNAVAILABLE; // of rows sent together: to find the one would take as long
      }
      Culprit culprit = new Culprit(Math.min(at, part.size() - 1), e, kind);
      rollBack(culprit.concernsAll());
      return Optional.of(culprit);
    } catch (RuntimeException e) {
      rollBack(false);
      return Optional.of(new Culprit(at, e, FailureKind.OTHER));
    }
  }

  private void commit(List<Write> part, WriterSession open, Set<String> gapped) {
    boolean journaled = part.stream().anyMatch(Write::isAppend);
    try {
      if (journaled) {
        faults.reached(FaultPoint.BEFORE_COMMIT);
      }
      open.connection().commit();
      if (journaled) {
        faults.reached(FaultPoint.AFTER_COMMIT);
      }
    } catch (Throwable e) {
      giveUpSession();
      fail(part, gapped, true, write -> failures.unknown(write, e));
      return;
    }
    if (journaled) {
      listeners.tell();
    }
    part.forEach(write -> write.outcome().complete(null));
  }

  private OnewriteException failure(Write write, Culprit culprit) {
    return switch (culprit.kind()) {
      case TAKEN -> failures.taken(write, culprit.cause());
      case DAMAGED -> failures.damaged(write.subject(), culprit.cause());
      case UNAVAILABLE, TIMED_OUT, OTHER -> failures.notWritten(write, culprit.cause());
    };
  }

  /** Tells {@code part} of its failure and, if that leaves a gap, those that wait behind it. */
  private void fail(
      List<Write> part, Set<String> gapped, boolean gap, Function<Write, OnewriteException> why) {
    List<Write> behind = List.of();
    if (gap) {
      Set<String> histories = new HashSet<>();
      part.stream().filter(Write::isAppend).forEach(write -> histories.add(write.persistenceId()));
      gapped.addAll(histories);
      behind = queue.withdraw(histories);
    }
    part.forEach(write -> write.outcome().completeExceptionally(why.apply(write)));
    behind.forEach(this::failBehind);
  }

  private void failBehind(Write write) {
    write.outcome().completeExceptionally(failures.behind(write));
  }

  private WriterSession openSession() throws SQLException {
    if (session.isEmpty()) {
      session = Optional.of(new WriterSession(database.openWriter()));
    }
    return session.get();
  }

  /**
   * {@code suspect}: the connection itself may be why, for example one to a server that is no
   * longer the primary. The next one may lead elsewhere.
   */
  private void rollBack(boolean suspect) {
    if (session.isEmpty()) {
      return;
    }
    try {
      session.get().connection().rollback();
      if (suspect) {
        giveUpSession();
      }
    } catch (SQLException e) {
      // SQLite rolls back by itself when the disk is full, and then there is nothing left to roll
      // back. Why the write failed is told to whoever waits for it; a new connection starts clean.
      giveUpSession();
    }
  }

  private void giveUpSession() {
    if (session.isEmpty()) {
      return;
    }
    try {
      session.get().close();
    } catch (SQLException e) {
      log.warn("The writer's connection could not be closed.", e);
    }
    session = Optional.empty();
  }

  /**
   * Commits what waits, then ends the thread. Has no time-out: to return earlier would let go of
   * the database with a commit under way. Whoever cannot wait may kill the process at any time.
   */
  @Override
  public void close() {
    if (Thread.currentThread() == thread) {
      throw failures.wrongThread("close");
    }
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
