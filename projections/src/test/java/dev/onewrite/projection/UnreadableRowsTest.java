package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Incident;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of messages set aside that nobody can have written keep no others from being delivered. */
final class UnreadableRowsTest {

  private final Letters letters = new Letters();

  @TempDir Path directory;

  @Test
  void deferredRows_whoseSenderOrReceiverCannotBeRead_areReportedAndTheOthersFlow()
      throws Exception {
    List<String> writers = List.of("a", "b", "c");
    writers.forEach(writer -> letters.slow.add(writer + "-0"));
    try (Onewrite onewrite = node()) {
      writers.forEach(writer -> Letters.write(onewrite, writer, "of-" + writer, 0, 2));
      Await.until("all are deferred", () -> onewrite.outbox().deferred(10).size() == 3);
      Await.until("all up to the end is dealt with", letters::floorIsAtTheEnd);
    }
    change("update set_aside set sender = 'none' where sender = 'writer|a'", 2);
    change("update set_aside set receiver = '|' where sender = 'writer|b'", 2);
    letters.slow.clear();

    try (Onewrite onewrite = node()) {
      onewrite.outbox().deferred(10); // whoever looks is not stopped by them
      Await.until("the others are read", () -> letters.read(onewrite, "of-c").size() == 2);
      Letters.write(onewrite, "d", "of-d", 0, 2);
      Await.until("new ones are read", () -> letters.read(onewrite, "of-d").size() == 2);
      Await.until("all up to the end is dealt with", letters::floorIsAtTheEnd);
      Await.until("both are reported", () -> unreadable().size() == 2);
    }

    assertEquals(Set.of("none to reader|of-a", "writer|b to |"), Set.copyOf(unreadable()));
  }

  private List<String> unreadable() {
    return letters.incidents.stream()
        .filter(Incident.Unreadable.class::isInstance)
        .map(Incident.Unreadable.class::cast)
        .map(incident -> incident.sender() + " to " + incident.receiver())
        .collect(Collectors.toList());
  }

  private Onewrite node() {
    return letters
        .node(directory)
        .set("onewrite.turn-timeout", "50ms")
        .set("onewrite.outbox.redelivery.defer-after", "200ms")
        .start();
  }

  private void change(String sql, int rows) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("onewrite.db"));
        Statement statement = connection.createStatement()) {
      assertEquals(rows, statement.executeUpdate(sql));
    }
  }
}
