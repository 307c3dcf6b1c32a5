package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Incident;
import dev.onewrite.spi.SetAsideRow;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More is sent to an entity than may wait at it: its senders' messages wait at home. */
final class FullReceiverTest {

  private static final int WRITERS = 20;
  private static final int EACH = 5;

  private final Letters letters = new Letters();

  @TempDir Path directory;

  /**
   * With a window that takes all that is written the forwarder only waits; with a smaller one it
   * defers what has failed, so that others get by.
   */
  @ParameterizedTest
  @CsvSource({"1000", "3"})
  void receiverThatIsFull_slowsTheForwarderAndNothingIsDroppedOrParked(int window) {
    letters.slow.add("first-0");
    try (Onewrite onewrite = node(window)) {
      Letters.write(onewrite, "first", "x", 0, 1);
      Await.until("the reader is busy", () -> letters.tried.contains("first-0"));
      writers().forEach(writer -> Letters.write(onewrite, writer, "x", 0, EACH));
      Await.until("it was full for some", () -> fullFor().size() >= 2);

      assertEquals(Set.of("first-0"), Set.copyOf(letters.tried));
      assertFalse(letters.floorIsAtTheEnd());
      letters.letSlowOnesGo();
      Await.until("all is read", () -> letters.tried.size() >= 1 + WRITERS * EACH);
      Await.until("the floor is at the end", letters::floorIsAtTheEnd); // it has room again

      List<String> read = letters.read(onewrite, "x");
      assertEquals(1 + WRITERS * EACH, read.size());
      writers()
          .forEach(
              writer ->
                  assertEquals(
                      Letters.letters(writer, 0, EACH),
                      read.stream().filter(name -> name.startsWith(writer + "-")).toList()));
      assertEquals(1 + WRITERS * EACH, letters.tried.size(), "nothing was taken twice");
      assertEquals(List.of(), parked());
    }
  }

  @Test
  void stranger_whileAReceiverIsFull_isReadAtOnce() {
    letters.slow.add("first-0");
    try (Onewrite onewrite = node(1_000)) {
      Letters.write(onewrite, "first", "x", 0, 1);
      Await.until("the reader is busy", () -> letters.tried.contains("first-0"));
      writers().forEach(writer -> Letters.write(onewrite, writer, "x", 0, EACH));
      Await.until("it was full for some", () -> fullFor().size() >= 2);

      Letters.write(onewrite, "stranger", "y", 0, EACH);
      Await.until("the stranger is read", () -> letters.read(onewrite, "y").size() == EACH);

      assertEquals(Letters.letters("stranger", 0, EACH), letters.read(onewrite, "y"));
      letters.letSlowOnesGo();
    }
  }

  private Onewrite node(int window) {
    return letters
        .node(directory)
        .set("onewrite.waiting-max", 2)
        .set("onewrite.outbox.window", window)
        .set("onewrite.outbox.redelivery.report-after", 1)
        .start();
  }

  private static List<String> writers() {
    return IntStream.range(0, WRITERS).mapToObj(writer -> "w" + writer).toList();
  }

  /** Senders that were told that the receiver has no room. */
  private Set<Object> fullFor() {
    return Set.copyOf(
        letters.incidents.stream()
            .flatMap(
                incident ->
                    incident instanceof Incident.Redelivered again
                            && again.reason().contains("waiting-max")
                        ? Stream.of((Object) again.sender())
                        : Stream.empty())
            .toList());
  }

  private List<SetAsideRow.State> parked() {
    return writers().stream()
        .map(writer -> letters.states(Letters.sequence(writer, "x")))
        .flatMap(Collection::stream)
        .filter(state -> state == SetAsideRow.State.PARKED)
        .toList();
  }
}
