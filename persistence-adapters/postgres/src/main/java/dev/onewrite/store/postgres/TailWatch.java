package dev.onewrite.store.postgres;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for a transaction that holds back the tail, measures for how long, and names it. */
final class TailWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TailWatch.class);

  /** Once a second: one statement of microseconds, and nobody reads a gauge more often. */
  private static final long LOOK_MILLIS_MAX = 1_000;

  private static final String HELD = "OW328";

  private static final String LOOK =
      "select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint"
          + " from pg_current_snapshot() s";

  /*
   * The lock that each transaction holds on its own id is shown to everybody; what the session does
   * only to its own user and to members of pg_read_all_stats. Locks show an id's lower 32 bits.
   */
  private static final String HOLDER =
      "select l.pid, a.application_name, extract(epoch from clock_timestamp() - a.xact_start),"
          + " a.query, (select p.gid from pg_prepared_xacts p"
          + " where p.transaction = l.transactionid) from pg_locks l"
          + " left join pg_stat_activity a on a.pid = l.pid where l.locktype = 'transactionid'"
          + " and l.mode = 'ExclusiveLock' and l.granted"
          + " and l.transactionid::text::bigint = ? limit 1";

  private static final long LOW_BITS = 0xffff_ffffL;

  /** 200 characters of a statement tell which one it is. */
  private static final int QUERY_SHOWN = 200;

  private final DataSource readers;
  private final Duration warnAfter;
  private final HeldTail held = new HeldTail();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private final Gauge gauge;
  private volatile double heldSeconds;

  private TailWatch(DataSource readers, String where, Duration warnAfter) {
    this.readers = readers;
    this.warnAfter = warnAfter;
    this.thread = new Thread(this::run, "onewrite-tail-watch");
    thread.setDaemon(true);
    this.gauge =
        Gauge.builder("onewrite.tail.held", this, watch -> watch.heldSeconds)
            .description("How long one open transaction has held back the delivery of later ones")
            .tag("store", where)
            .baseUnit("seconds")
            .register(Metrics.globalRegistry);
  }

  /** {@code where} tells the metric of one database from another's. */
  static TailWatch start(DataSource readers, String where, Duration warnAfter) {
    TailWatch watch = new TailWatch(readers, where, warnAfter);
    watch.thread.start();
    return watch;
  }

  private void run() {
    long every = Math.min(LOOK_MILLIS_MAX, Math.max(1, warnAfter.toMillis() / 4));
    Duration warnAt = warnAfter;
    try {
      while (!closed.await(every, TimeUnit.MILLISECONDS)) {
        warnAt = look(warnAt);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns for how long a transaction must be held to be warned of next. */
  private Duration look(Duration warnAt) {
    try (Connection connection = readers.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LOOK)) {
      rows.next();
      long oldest = rows.getLong(1);
      Duration since = held.look(oldest, rows.getLong(2), System.nanoTime());
      heldSeconds = since.toMillis() / 1_000.0;
      if (since.compareTo(warnAfter) < 0) {
        return warnAfter;
      }
      if (since.compareTo(warnAt) < 0) {
        return warnAt;
      }
      log.warn(
          "[{}] An open transaction has held back the delivery of all that committed after it"
              + " for {} s: {}. Nothing is lost; it is delivered once that transaction ends. End"
              + " it: select pg_terminate_backend(PID), or rollback prepared.",
          HELD,
          since.toSeconds(),
          holder(connection, oldest));
      return since.multipliedBy(2);
    } catch (SQLException e) {
      log.debug("The tail's end could not be looked at; reads of the tail fail likewise.", e);
      return warnAt;
    }
  }

  private static String holder(Connection connection, long transaction) throws SQLException {
    try (PreparedStatement holder = connection.prepareStatement(HOLDER)) {
      holder.setLong(1, transaction & LOW_BITS);
      try (ResultSet rows = holder.executeQuery()) {
        if (!rows.next()) {
          return "transaction " + transaction + ", which has ended meanwhile";
        }
        if (rows.getString(5) != null) {
          return "prepared transaction '" + rows.getString(5) + "'";
        }
        String query = rows.getString(4);
        String shown =
            query == null ? "" : query.substring(0, Math.min(QUERY_SHOWN, query.length()));
        return "PID "
            + rows.getInt(1)
            + ", application '"
            + rows.getString(2)
            + "', open for "
            + rows.getLong(3)
            + " s, last statement: "
            + shown.replace('\n', ' ');
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Metrics.globalRegistry.remove(gauge);
  }
}
