package dev.onewrite.cli;

import static dev.onewrite.inspect.Finding.Kind.OUTGOING_LOST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.inspect.Finding;
import dev.onewrite.inspect.Verification;
import dev.onewrite.spi.SetAsideRow.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class VerifySqliteTest {

  @TempDir static Path worked;

  @TempDir Path directory;

  @BeforeAll
  static void workInTheShop() {
    Onewrite.Builder builder = Shop.builder().durability("sqlite").directory(worked);
    try (Onewrite onewrite = builder.start()) {
      Shop.work(onewrite, builder);
    }
  }

  static Stream<Damage> damages() {
    return Stream.concat(Damage.everywhere().stream(), Damage.onSqlite().stream());
  }

  private static Verification verify(Path directory) {
    try (Inspection inspection =
        Onewrite.builder().durability("sqlite").directory(directory).inspect()) {
      return inspection.verify();
    }
  }

  private void damage(Damage.Deed deed) throws Exception {
    Files.copy(worked.resolve("onewrite.db"), directory.resolve("onewrite.db"));
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("onewrite.db"))) {
      deed.to(connection);
    }
  }

  private static List<Finding.Kind> kinds(Verification verification) {
    return verification.findings().stream().map(Finding::kind).toList();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void verify_ofDamagedStore_namesTheDamage(Damage damage) throws Exception {
    damage(damage.deed());

    Verification verification = verify(directory);

    assertTrue(
        kinds(verification).contains(damage.found()),
        () -> damage + ", and found was " + verification.findings());
  }

  @Test
  void verify_ofUndamagedStore_isClean() {
    Verification verification = verify(worked);

    assertEquals(List.of(), verification.findings());
    assertEquals(6L, verification.counted().get("histories")); // 3 orders, stock, audit, caller
    assertEquals(42L, verification.counted().get("messages sent"));
    assertEquals(63L, verification.counted().get("effects"));
    assertTrue(verification.counted().get("snapshots") > 0);
    assertTrue(
        verification.unchecked().stream().anyMatch(text -> text.contains("subscribe")),
        () -> "what is not checked is said: " + verification.unchecked());
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void verify_ofAMessageThatIsSetAsideAsItStandsInTheJournal_isClean(State state) throws Exception {
    damage(Damage.parked("state = '" + state + "', hold_redrive = 2"));

    Verification verification = verify(directory);

    assertEquals(List.of(), verification.findings());
    assertEquals(1L, verification.counted().get("rows of messages set aside"));
  }

  @Test
  void verify_ofARowSetAsideThatCannotBeRead_namesItAndGoesOn() throws Exception {
    damage(
        connection -> {
          Damage.parked("state = 'LOST'").to(connection);
          Damage.everywhere().get(0).deed().to(connection);
        });

    Verification verification = verify(directory);

    assertTrue(kinds(verification).contains(Finding.Kind.HISTORY_GAP));
    Finding unread =
        verification.findings().stream()
            .filter(finding -> finding.kind() == Finding.Kind.SET_ASIDE_WRONG)
            .findFirst()
            .orElseThrow();
    assertTrue(unread.where().contains("to stock|s of group stock"), unread.where());
    assertTrue(unread.text().contains("LOST"), unread.text());
  }

  @Test
  void verify_ofLostMessages_doesNotCallLostTheOneWhoseRowSetAsideCannotBeRead() throws Exception {
    damage(
        connection -> {
          Damage.parked("state = 'LOST'").to(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute("delete from journal where persistence_id = 'stock|s'");
          }
        });

    assertEquals(
        41L, kinds(verify(directory)).stream().filter(OUTGOING_LOST::equals).count(), "of 42");
  }

  @Test
  void verify_withTheComponents_findsAnEventThatIsLost() throws Exception {
    damage(
        Damage.sql(
                Finding.Kind.OUTGOING_LOST,
                "the last row of a subscriber is deleted",
                "delete from journal where persistence_id = 'audit|all' and sequence_number = 21")
            .deed());

    assertEquals(List.of(), verify(directory).findings());
    try (Inspection inspection =
        Shop.builder().durability("sqlite").directory(directory).inspect()) {
      Verification verification = inspection.verify();
      assertEquals(List.of(Finding.Kind.OUTGOING_LOST), kinds(verification));
      assertEquals(List.of(), verification.unchecked());
    }
  }

  @Test
  void verify_withASubscriptionThatCameLater_warnsOfTheEventsBeforeIt() {
    Onewrite.Builder next =
        Onewrite.builder()
            .component(Shop.ORDER)
            .component(Shop.AUDIT)
            .component(Shop.CALLER)
            .component(Shop.STOCK_THAT_LISTENS);
    try (Inspection inspection = next.durability("sqlite").directory(worked).inspect()) {
      Verification verification = inspection.verify();

      assertEquals(List.of(Finding.Kind.EVENT_UNHEARD), kinds(verification));
      String text = verification.findings().get(0).text();
      assertTrue(text.contains("passed 21 deliveries"), text);
      assertTrue(verification.isClean(), "it may be as it should be");
      assertEquals(1, verification.warnings());
    }
  }

  @Test
  void verify_ofEventsLostAfterTheFirstThatWasHeard_findsEach() throws Exception {
    damage(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "delete from journal where persistence_id = 'audit|all' and sequence_number > 18");
            statement.execute(
                "delete from snapshot where persistence_id = 'audit|all' and sequence_number > 18");
          }
        });

    try (Inspection inspection =
        Shop.builder().durability("sqlite").directory(directory).inspect()) {
      Verification verification = inspection.verify();
      assertEquals(List.of(OUTGOING_LOST, OUTGOING_LOST, OUTGOING_LOST), kinds(verification));
      assertFalse(verification.isClean());
    }
  }

  @Test
  void verify_ofAMessageThatWasRefusedAndIsParked_isClean() throws Exception {
    damage(Damage::refused);

    assertEquals(List.of(), verify(directory).findings());
  }

  @Test
  void verify_besideARunningNode_inAnotherProcess_isClean() throws Exception {
    Onewrite.Builder builder = Shop.builder().durability("sqlite").directory(directory);
    try (Onewrite onewrite = builder.start()) {
      Shop.work(onewrite, builder);

      Process process = command("verify", "--json", "--directory", directory.toString());

      assertEquals("", text(process.getErrorStream()));
      assertTrue(text(process.getInputStream()).contains("\"clean\" : true"));
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(Command.FINE, process.exitValue());
      Shop.builder(); // the node goes on: it still has its lock and its writer
      onewrite.ref(Shop.CALLER, "c").tell(new Shop.Ask(2)).toCompletableFuture().join();
    }
  }

  private static Process command(String... arguments) throws IOException {
    List<String> line =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Command.class.getName()),
                Stream.of(arguments))
            .toList();
    return new ProcessBuilder(line).start();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
