package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.journal.Cause;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Activities and timers through a SIGKILL of their process. */
final class KilledTest {

  private static final int TIMERS = 200;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = CallerProcess.Stop.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "TIMERS_SET")
  void activity_whoseProcessIsKilled_bringsOneResultUnderOneKey(CallerProcess.Stop stop)
      throws Exception {
    Path calls = directory.resolve("calls");
    killAt(stop, calls, "");
    boolean called = stop != CallerProcess.Stop.BEFORE_THE_CALL;
    assertEquals(called, Files.exists(calls), "whether it had been called when it was killed");

    Component<Calls.Message> caller =
        Calls.caller(
            (call, input) -> {
              Calls.write(calls, call.idempotencyKey());
              return new Calls.Result("out");
            });
    try (Onewrite onewrite = node(caller)) {
      Await.until("the result is there", () -> results(onewrite) == 1);
      // A later call has come and gone: by then a needless one of the first would have been made.
      onewrite.ref(caller, "2").tell(new Calls.Go()).toCompletableFuture().join();
      Await.until(
          "the later call too", () -> onewrite.history(new Address("caller", "2")).size() == 2);
      assertEquals(2, onewrite.history(new Address("caller", "1")).size());
    }

    List<String> keys = Files.readAllLines(calls);
    int expected =
        stop == CallerProcess.Stop.DURING_THE_CALL || stop == CallerProcess.Stop.AFTER_THE_CALL
            ? 2
            : 1;
    assertEquals(expected + 1, keys.size(), "calls, the later one included");
    assertEquals(2, Set.copyOf(keys).size(), "keys, the later call's included");
  }

  private static long results(Onewrite onewrite) {
    return onewrite.history(new Address("caller", "1")).stream()
        .filter(batch -> batch.cause() instanceof Cause.Completed)
        .count();
  }

  @Test
  void timers_whoseProcessIsKilled_fireOnceAndNotEarly() throws Exception {
    Instant due = Instant.ofEpochMilli(System.currentTimeMillis() + 4_000);
    killAt(CallerProcess.Stop.TIMERS_SET, directory.resolve("calls"), "" + due.toEpochMilli());

    try (Onewrite onewrite = Onewrite.builder().component(Calls.CLOCK).directory(store()).start()) {
      Ref<Calls.ClockMessage> clock = onewrite.ref(Calls.CLOCK, "1");
      Await.until("all have struck", () -> struck(clock).times() >= TIMERS);

      int sum = TIMERS * (TIMERS - 1) / 2;
      assertEquals(new Calls.Struck(TIMERS, 0, sum), struck(clock));
      assertEquals(TIMERS + 1, onewrite.history(clock.address()).size());
    }
  }

  private static Calls.Struck struck(Ref<Calls.ClockMessage> clock) {
    return clock.ask(new Calls.Count(), Calls.Struck.class).toCompletableFuture().join();
  }

  private Onewrite node(Component<?> caller) {
    return Onewrite.builder().component(caller).directory(store()).start();
  }

  private Path store() {
    return directory.resolve("store");
  }

  /** Runs a process to that point and kills it there with SIGKILL. */
  private void killAt(CallerProcess.Stop stop, Path calls, String due) throws Exception {
    Process process =
        Calls.start(CallerProcess.class, store().toString(), calls.toString(), stop.name(), due);
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      while (line != null && !line.equals("HERE")) {
        line = output.readLine();
      }
      assertNotNull(line, "the process ended before it came to " + stop);
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor() != 0, "it was killed");
    }
  }
}
