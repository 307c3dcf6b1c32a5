package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.onewrite.spi.Store;
import dev.onewrite.testkit.postgres.TestPostgres;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TailWatchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void heldTail_isMeasuredFromTheFirstLookAtOneTransaction() {
    HeldTail held = new HeldTail();

    assertEquals(Duration.ZERO, held.look(7, 7, 0));
    assertEquals(Duration.ZERO, held.look(7, 8, 1), "seen for the first time");
    assertEquals(SECOND, held.look(7, 20, 1 + SECOND.toNanos()));
    assertEquals(Duration.ZERO, held.look(12, 20, 5 * SECOND.toNanos()), "another one");
    assertEquals(Duration.ZERO, held.look(20, 20, 6 * SECOND.toNanos()));
    assertEquals(Duration.ZERO, held.look(20, 21, 9 * SECOND.toNanos()), "the next one");
  }

  @Test
  void openTransaction_isWarnedOfByNameAndMeasured_untilItEnds() throws Exception {
    String url = TestPostgres.shared().database();
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Metrics.addRegistry(metrics);
    BlockingQueue<String> warnings = warnings();

    try (Store store = Opened.at(url, Map.of("onewrite.postgres.held-warning", "200ms"));
        Connection late = Sql.inserting(url + "&ApplicationName=nightly-report", "form|1", 1)) {
      Rows.append(store, "form|behind", 1);
      String warning = warnings.poll(30, TimeUnit.SECONDS);
      double held = metrics.get("onewrite.tail.held").gauge().value();
      late.rollback();

      assertTrue(warning.contains("OW328") && warning.contains("nightly-report"), warning);
      assertTrue(warning.contains("insert into onewrite.journal"), warning);
      assertTrue(held >= 0.2, () -> "held " + held);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (metrics.get("onewrite.tail.held").gauge().value() > 0) {
        assertTrue(System.nanoTime() < until, "still held");
        Thread.onSpinWait();
      }
    } finally {
      Metrics.removeRegistry(metrics);
    }
  }

  private static BlockingQueue<String> warnings() {
    BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            warnings.add(event.getFormattedMessage());
          }
        };
    appender.start();
    ((Logger) LoggerFactory.getLogger(TailWatch.class)).addAppender(appender);
    return warnings;
  }
}
