package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example does what the README says, also over a restart. */
final class QuickstartTest {

  @TempDir Path directory;

  @Test
  void form_submitted_isSavedOnceAndAuditedOnce() throws Exception {
    List<String> keys = new ArrayList<>();

    String receipt =
        Quickstart.submit(
            directory,
            (data, key) -> {
              keys.add(key);
              return "receipt of " + data;
            });

    assertEquals("receipt of hello", receipt);
    assertEquals(1, keys.size());
    assertEquals(List.of("receipt of hello"), audited());
  }

  /** Starts again on the same directory: what was not delivered before the end is now. */
  private List<String> audited() throws Exception {
    CompletableFuture<List<String>> audited = new CompletableFuture<>();
    try (Onewrite onewrite =
        Onewrite.builder().component(Quickstart.AUDIT).directory(directory).start()) {
      onewrite
          .ref(Quickstart.AUDIT, "forms")
          .observe(
              Quickstart.Audited.class,
              state -> {
                if (!state.context().receipts().isEmpty()) {
                  audited.complete(state.context().receipts());
                }
              });
      return audited.get(10, TimeUnit.SECONDS);
    }
  }
}
