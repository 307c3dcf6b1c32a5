package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.projection.RequestProcess.Draw;
import dev.onewrite.projection.RequestProcess.Ticket;
import dev.onewrite.spi.FaultPoint;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process dies with a request at hand; its caller asks again with the same id. */
final class RequestKilledTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"AFTER_COMMIT, the dead", "BEFORE_COMMIT, the living"})
  void request_repeatedAfterTheKill_runsOnceAndGetsWhatWasCommitted(
      FaultPoint point, String drawnBy) throws Exception {
    die(point);

    Component<Draw> tickets = RequestProcess.tickets("the living");
    try (Onewrite onewrite =
        Onewrite.builder().component(tickets).directory(directory.resolve("store")).start()) {
      Ref<Draw> ref = onewrite.ref(tickets, "1");

      assertEquals(new Ticket(drawnBy, 1), ask(ref, RequestProcess.REQUEST));
      assertEquals(new Ticket(drawnBy, 1), ask(ref, RequestProcess.REQUEST));
      assertEquals(1, onewrite.history(ref.address()).size());
      assertEquals(new Ticket("the living", 2), ask(ref, "request-2"));
    }
  }

  private static Ticket ask(Ref<Draw> ref, String requestId) {
    return ref.ask(new Draw(), Ticket.class, requestId).toCompletableFuture().join();
  }

  private void die(FaultPoint point) throws Exception {
    Process process =
        Calls.start(RequestProcess.class, directory.resolve("store").toString(), point.name());
    try {
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it came to " + point);
      assertEquals(RequestProcess.DIED, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
