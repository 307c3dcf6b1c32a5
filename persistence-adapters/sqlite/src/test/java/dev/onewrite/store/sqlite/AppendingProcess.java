package dev.onewrite.store.sqlite;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.JournalRow;
import dev.onewrite.spi.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that appends until it is killed, and says of each append that it was acknowledged.
 *
 * <p>Arguments: the directory, and optionally a fault point and the how manieth passage of it is
 * fatal. Each of {@value #ENTITIES} histories has one append of {@value #ROWS} rows in flight.
 */
final class AppendingProcess {

  static final int ENTITIES = 20;
  static final int ROWS = 3;

  /** Ends each line, so that a line cut by the kill is recognised. */
  static final String END = ";";

  private AppendingProcess() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("opening" + END);
    Store store =
        new SqliteStoreProvider()
            .open(ConfigFactory.parseMap(Map.of("directory", args[0])), faults(args));
    System.out.println("open" + END);
    for (int entity = 0; entity < ENTITIES; entity++) {
      String persistenceId = "form|" + entity;
      appendForEver(store, persistenceId, store.journal().highestSequenceNumber(persistenceId));
    }
    new CountDownLatch(1).await();
  }

  static byte[] payload(String persistenceId, long sequenceNumber) {
    return (persistenceId + "#" + sequenceNumber + " ").repeat(20).getBytes(StandardCharsets.UTF_8);
  }

  private static void appendForEver(Store store, String persistenceId, long highest) {
    List<JournalRow> rows = new ArrayList<>();
    for (long number = highest + 1; number <= highest + ROWS; number++) {
      rows.add(
          new JournalRow(
              persistenceId, number, "writer", "batch/1", payload(persistenceId, number), 0));
    }
    store
        .journal()
        .append(rows)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
              }
              System.out.println(persistenceId + " " + (highest + ROWS) + END);
              appendForEver(store, persistenceId, highest + ROWS);
            });
  }

  private static Faults faults(String[] args) {
    if (args.length < 3) {
      return Faults.NONE;
    }
    FaultPoint fatal = FaultPoint.valueOf(args[1]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
    return point -> {
      if (point == fatal && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(137);
      }
    };
  }
}
