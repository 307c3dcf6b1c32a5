package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.SetAsideRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process dies, twice, where messages are set aside and where they come back. */
final class ParkingKilledTest {

  private final Letters letters = new Letters();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_SET_ASIDE", "AFTER_SET_ASIDE"})
  void process_thatDiesSettingAside_losesAndDoublesNothing(FaultPoint point) throws Exception {
    die(point, "write", "a-1");
    die(point, "", "a-1");
    letters.refused.add("a-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Await.until("all is parked", () -> letters.states(Letters.sequence("a", "x")).size() == 4);
    }

    redriveAndReadAll();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_RETRY", "AFTER_RETRY"})
  void process_thatDiesDeliveringWhatWasRedriven_losesAndDoublesNothing(FaultPoint point)
      throws Exception {
    letters.refused.add("a-1");
    try (Onewrite onewrite = letters.node(directory).start()) {
      Letters.write(onewrite, "a", "x", 0, 5);
      Await.until("all is parked", () -> letters.states(Letters.sequence("a", "x")).size() == 4);
    }
    letters.redriveWithoutANode(directory);

    die(point, "");
    die(point, "");

    redriveAndReadAll();
  }

  /**
   * Rule 4: the refusal is durable when it is answered. So a copy that comes after the process died
   * is refused too, though the reader would take it by now: its sender may have been told before.
   */
  @Test
  void process_thatDiesBeforeAFinalRefusalIsAnswered_refusesItStill() throws Exception {
    dieAfter(1, FaultPoint.BEFORE_ACKNOWLEDGEMENT, "write", "a-1"); // a-0 is the one that passes

    try (Onewrite onewrite = letters.node(directory).start()) {
      Await.until("all is parked", () -> letters.states(Letters.sequence("a", "x")).size() == 4);

      assertEquals(
          Collections.nCopies(4, SetAsideRow.State.PARKED),
          letters.states(Letters.sequence("a", "x")));
      assertEquals(List.of("a-0"), letters.read(onewrite, "x"));
      assertEquals(List.of(), letters.tried);
      assertEquals(2, onewrite.history(new Address("reader", "x")).size()); // one is the refusal
    }
    redriveAndReadAll();
  }

  /** What waits is read in order and once, whoever redrives it again. */
  private void redriveAndReadAll() {
    letters.refused.clear();
    try (Onewrite onewrite = letters.node(directory).start()) {
      onewrite.outbox().redrive(Letters.sequence("a", "x"));
      Letters.write(onewrite, "a", "x", 5, 7);

      Await.until("all is read", () -> letters.read(onewrite, "x").size() >= 7);
      Await.until(
          "what is over is gone", () -> letters.states(Letters.sequence("a", "x")).isEmpty());
      assertEquals(Letters.letters("a", 0, 7), letters.read(onewrite, "x"));
    }
  }

  private void die(FaultPoint point, String write, String... refused) throws Exception {
    dieAfter(0, point, write, refused);
  }

  private void dieAfter(int passes, FaultPoint point, String write, String... refused)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(directory.toString(), point.name(), "" + passes, write));
    arguments.addAll(List.of(refused));
    Process process = Calls.start(ReaderProcess.class, arguments.toArray(String[]::new));
    try (InputStream output = process.getInputStream()) {
      drain(output);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it came to " + point);
      assertEquals(ReaderProcess.DIED, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static void drain(InputStream output) throws IOException {
    while (output.read() >= 0) {
      // what it logs is of no interest; a full pipe would hold it up
    }
  }
}
