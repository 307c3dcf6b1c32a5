package dev.onewrite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Store;
import dev.onewrite.store.sqlite.SqliteStoreProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandTest {

  private static final Sequence TO_STOCK =
      new Sequence("stock", new Address("order", "o1"), new Address("stock", "s"));

  private static final Sequence TO_AUDIT =
      new Sequence("audit", new Address("order", "o1"), new Address("audit", "all"));

  @TempDir static Path worked;

  @TempDir Path directory;

  private final UUID id = UUID.randomUUID();

  @BeforeAll
  static void workInTheShop() {
    Onewrite.Builder builder = Shop.builder().durability("sqlite").directory(worked);
    try (Onewrite onewrite = builder.start()) {
      Shop.work(onewrite, builder);
    }
  }

  private record Ran(int code, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Command.line()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran runAt(Path directory, String... arguments) {
    return run(
        Stream.concat(Stream.of(arguments), Stream.of("--directory", directory.toString()))
            .toArray(String[]::new));
  }

  private void change(Damage.Deed deed) throws Exception {
    Path copy = directory.resolve("onewrite.db");
    if (!Files.exists(copy)) {
      Files.copy(worked.resolve("onewrite.db"), copy);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
      deed.to(connection);
    }
  }

  /** The node's own store: what the command line does, it does beside it. */
  private Store node() {
    return new SqliteStoreProvider()
        .open(ConfigFactory.parseMap(Map.of("directory", directory.toString())), Faults.NONE);
  }

  private SetAsideRow park(Store store, Sequence sequence) {
    Position end = Position.of(0, store.tail().bound().ordering() + 10);
    Attempts.Note note = new Attempts.Note(Instant.EPOCH, "it does not like it");
    SetAsideRow row =
        new SetAsideRow(
            sequence, id, 8, end, 0, end, State.FAILING, Attempts.NONE.failed(note), null);
    assertEquals(Placed.Step.PARK, store.setAside().place(row, Placed.Wish.PARK).step());
    return row;
  }

  private Ran discard(String... arguments) {
    return runAt(
        directory,
        Stream.concat(Stream.of("parked", "discard", id.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  // --- what is shown -----------------------------------------------------------------------

  @Test
  void verify_saysWhatItFoundAndExitsWithOne() throws Exception {
    change(Damage.everywhere().get(0).deed());

    Ran ran = runAt(directory, "verify");

    assertEquals(Command.FOUND, ran.code());
    assertTrue(
        ran.out().contains("HISTORY_GAP  row 5 of order|o1: number 4 is missing"), ran.out());
    assertEquals(Command.FINE, runAt(worked, "verify").code());
    JsonNode json = runAt(directory, "verify", "--json").json();
    assertFalse(json.get("clean").asBoolean());
    assertEquals(0, json.get("warnings").asInt());
    assertEquals("HISTORY_GAP", json.get("findings").get(0).get("kind").asText());
  }

  @Test
  void journal_printsBatches() {
    Ran ran = runAt(worked, "journal", "order|o1");
    Ran json = runAt(worked, "journal", "order|o1", "--json");
    Ran none = runAt(worked, "journal", "order|nobody");

    assertEquals(Command.FINE, ran.code());
    assertTrue(ran.out().contains("send to stock|s"), ran.out());
    assertTrue(ran.out().contains("reserve {\"item\":2}"), ran.out());
    assertTrue(json.out().contains("\"requested\" : \"request-1\""), json.out());
    assertEquals(Command.FOUND, none.code());
  }

  @Test
  void entity_printsItsState() {
    Ran ran = runAt(worked, "entity", "order|o1", "--json");

    assertEquals(Command.FINE, ran.code());
    assertTrue(ran.out().contains("\"turns\" : 7"), ran.out());
    assertTrue(ran.out().contains("\"remembersRequests\" : 7"), ran.out());
    assertEquals(Command.FOUND, runAt(worked, "entity", "order|nobody").code());
  }

  @Test
  void outboxTimersAndDoctor_areFine() {
    Ran outbox = runAt(worked, "outbox");
    Ran timers = runAt(worked, "timers", "--json");
    Ran doctor = runAt(worked, "doctor");

    assertEquals(Command.FINE, outbox.code());
    assertTrue(outbox.out().contains("|timers"), outbox.out());
    assertTrue(outbox.out().contains("512-1023"), outbox.out());
    assertEquals(Command.FINE, timers.code());
    assertTrue(timers.out().contains("\"entity\" : \"order|o2\""), timers.out());
    assertEquals(Command.FINE, doctor.code(), doctor.out());
    assertTrue(doctor.out().contains("sqlite at"), doctor.out());
  }

  @Test
  void outbox_inJson_hasEachSliceOfEachGroupOnce_whateverFormerWorkersLeft() throws Exception {
    change(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("insert into consumer_offset values ('stock', 0, 1023, 0, 1, 0)");
            statement.execute("insert into consumer_offset values ('stock', 0, 255, 0, 2, 0)");
          }
        });

    Ran ran = runAt(directory, "outbox", "--json");

    assertEquals(Command.FINE, ran.code(), ran.err());
    Map<String, List<String>> ranges = new TreeMap<>();
    for (JsonNode lag : ran.json()) {
      ranges
          .computeIfAbsent(lag.get("group").asText(), group -> new ArrayList<>())
          .add(lag.get("sliceFrom").asInt() + "-" + lag.get("sliceTo").asInt());
      assertTrue(lag.get("offset").asText().matches("0/\\d+"), lag.toString());
      assertTrue(lag.get("floor").asText().matches("0/\\d+"), lag.toString());
      assertEquals(0, lag.get("behind").asInt(), lag.toString());
      assertTrue(lag.get("oldest").isNull(), lag.toString());
    }
    assertTrue(ranges.keySet().containsAll(List.of("stock", "audit", "|timers")), "" + ranges);
    ranges.forEach(
        (group, found) -> assertEquals(List.of("0-511", "512-1023"), found, "group " + group));
  }

  @Test
  void doctor_inJson_hasEachCheck() throws Exception {
    Ran fine = runAt(worked, "doctor", "--json");
    Ran bad = runAt(directory, "doctor", "--json");

    assertEquals(Command.FINE, fine.code());
    List<String> checked = new ArrayList<>();
    for (JsonNode check : fine.json()) {
      checked.add(check.get("what").asText());
      assertTrue(check.get("fine").asBoolean(), check.toString());
      assertFalse(check.get("text").asText().isEmpty(), check.toString());
    }
    assertTrue(
        checked.containsAll(List.of("configuration", "actor system", "store")), "" + checked);
    assertEquals(Command.FOUND, bad.code());
    JsonNode last = bad.json().get(bad.json().size() - 1);
    assertFalse(last.get("fine").asBoolean(), last.toString());
    assertTrue(last.get("text").asText().contains("OW"), last.toString());
  }

  // --- what is set aside -------------------------------------------------------------------

  @Test
  void parked_showsRedrivesAndDiscards() throws Exception {
    change(connection -> {});
    try (Store store = node()) {
      park(store, TO_STOCK);

      Ran parked = runAt(directory, "parked");
      assertEquals(Command.FOUND, parked.code(), parked.err());
      assertTrue(parked.out().contains("order|o1 -> stock|s: 1 parked"), parked.out());
      assertTrue(parked.out().contains("it does not like it"), parked.out());
      assertTrue(parked.out().contains("Entities that wait: stock|s"), parked.out());
      assertEquals(
          Command.FINE, runAt(directory, "parked", "redrive", "order|o1", "stock|s").code());
      assertEquals(State.DEFERRED, store.setAside().find(id).get(0).state());
      assertEquals(Command.FINE, runAt(directory, "parked", "--message", id.toString()).code());
      Ran late = discard("--reason", "too late");
      assertEquals(Command.FOUND, late.code(), late.err());
      assertTrue(late.err().contains("OW161"), late.err());

      SetAsideRow again = store.setAside().find(id).get(0);
      assertTrue(store.setAside().advance(again.in(State.PARKED)));
      Ran done = discard("--reason", "nobody's");
      assertEquals(Command.FINE, done.code(), done.err());
      assertEquals(State.DISCARDED, store.setAside().find(id).get(0).state());
      assertEquals(Command.FINE, runAt(directory, "parked", "--json").code());
    }
  }

  @Test
  void parked_inJson_hasSequencesAndWhoWaits() throws Exception {
    change(
        Damage.parked(
            3, "first_at = 1000, first_reason = 'no', last_at = 2000, last_reason = 'no!'"));
    change(Damage.parked(4, "state = 'DEFERRED'"));
    try (Store store = node()) {
      park(store, TO_AUDIT);
    }

    JsonNode all = runAt(directory, "parked", "--json").json();
    JsonNode one = runAt(directory, "parked", "--json", "--to", "stock|s").json();
    JsonNode none = runAt(directory, "parked", "--json", "--from", "order|o2").json();
    JsonNode behind = runAt(directory, "parked", "--json", "--message", id.toString()).json();

    assertEquals(2, all.get("parked").asInt());
    assertEquals(1, all.get("deferred").asInt());
    assertEquals("[\"audit|all\",\"stock|s\"]", all.get("waiting").toString());
    assertEquals(2, all.get("sequences").size());
    JsonNode sequence = one.get("sequences").get(0);
    assertEquals(1, one.get("sequences").size());
    assertEquals("stock", sequence.get("group").asText());
    assertEquals("order|o1", sequence.get("sender").asText());
    assertEquals("stock|s", sequence.get("receiver").asText());
    assertEquals(1, sequence.get("parked").asInt());
    assertEquals(1, sequence.get("deferred").asInt());
    assertEquals("reserve", sequence.get("first").get("type").asText());
    assertEquals("PARKED", sequence.get("first").get("state").asText());
    assertEquals(0, none.get("sequences").size());
    assertEquals("[\"audit|all\"]", behind.get("waiting").toString());
    assertTrue(
        behind.get("sequences").get(0).get("first").get("type").isNull(), "no row has this one");
  }

  @Test
  void parked_ofASequence_listsEachMessageThatWaits() throws Exception {
    change(
        Damage.parked(
            3, "first_at = 1000, first_reason = 'no', last_at = 2000, last_reason = 'no!'"));
    change(Damage.parked(4, "state = 'DEFERRED'"));
    change(Damage.parked(5, "state = 'DONE'"));

    Ran text = runAt(directory, "parked", "order|o1", "stock|s");
    Ran json = runAt(directory, "parked", "order|o1", "stock|s", "--json");
    Ran none = runAt(directory, "parked", "order|o2", "stock|s");

    assertEquals(Command.FOUND, text.code(), text.err());
    assertTrue(text.out().contains("reserve of row 3, tried 3 times"), text.out());
    assertTrue(text.out().contains("first at 1970-01-01T00:00:01Z: no"), text.out());
    assertTrue(text.out().contains("stock|s waits for them"), text.out());
    assertEquals(Command.FOUND, json.code(), json.err());
    JsonNode messages = json.json().get("messages");
    assertEquals(2, messages.size(), "what is over does not wait");
    JsonNode first = messages.get(0);
    assertEquals(36, first.get("id").asText().length());
    assertEquals("reserve", first.get("type").asText());
    assertEquals(3, first.get("row").asInt());
    assertEquals("PARKED", first.get("state").asText());
    assertEquals(3, first.get("attempts").asInt());
    assertEquals("no", first.get("firstFailure").get("text").asText());
    assertEquals("1970-01-01T00:00:02Z", first.get("lastFailure").get("at").asText());
    assertEquals("no!", first.get("lastFailure").get("text").asText());
    assertEquals("DEFERRED", messages.get(1).get("state").asText());
    assertTrue(messages.get(1).get("firstFailure").isNull());
    assertEquals(Command.FINE, none.code());
    assertTrue(none.out().contains("nothing waits"), none.out());
    assertEquals(Command.MISUSED, runAt(directory, "parked", "order|o1").code());
  }

  @Test
  void parked_behindAMessageWhoseRowIsDamaged_isShownAllTheSame() throws Exception {
    change(Damage.parked(3, "state = 'PARKED'"));
    change(Damage.everywhere().get(1).deed()); // a byte of that row

    Ran text = runAt(directory, "parked");
    Ran json = runAt(directory, "parked", "order|o1", "stock|s", "--json");

    assertEquals(Command.FOUND, text.code(), text.err());
    assertTrue(text.out().contains("see verify"), text.out());
    assertEquals(Command.FOUND, json.code(), json.err());
    assertTrue(json.json().get("messages").get(0).get("type").isNull(), json.out());
  }

  @Test
  void redriveAndDiscard_inJson_sayWhatTheyDid() throws Exception {
    change(connection -> {});
    try (Store store = node()) {
      SetAsideRow row = park(store, TO_STOCK);

      JsonNode discarded = discard("--reason", "a test", "--by", "kim", "--json").json();
      Ran twice = discard("--reason", "a test", "--json");
      park(store, TO_AUDIT);
      Ran redriven = runAt(directory, "parked", "redrive", "order|o1", "audit|all", "--json");

      assertEquals("[\"" + row.id() + "\"]", discarded.get("discarded").toString());
      assertEquals(0, discarded.get("refused").size());
      assertEquals(Command.FOUND, twice.code());
      assertEquals(0, twice.json().get("discarded").size());
      assertTrue(twice.json().get("refused").get(0).asText().contains("OW161"), twice.out());
      assertEquals(Command.FINE, redriven.code(), redriven.err());
      assertEquals(1, redriven.json().get("redriven").asInt());
      assertEquals("order|o1", redriven.json().get("sender").asText());
      assertEquals("audit|all", redriven.json().get("receiver").asText());
      SetAsideRow.Discard by = store.setAside().find(id).get(1).discarded();
      assertTrue(by != null && by.by().equals("kim"), "" + by);
    }
  }

  @Test
  void discard_withoutANameOrAReason_isWrongUsageAndChangesNothing() throws Exception {
    change(connection -> {});
    try (Store store = node()) {
      park(store, TO_STOCK);

      Ran noReason = discard("--reason", " ");
      Ran nobody = discard("--reason", "a test", "--by", "");

      assertEquals(Command.MISUSED, noReason.code(), noReason.err());
      assertTrue(noReason.err().contains("OW160"), noReason.err());
      assertEquals(Command.MISUSED, nobody.code(), nobody.err());
      assertEquals(State.PARKED, store.setAside().find(id).get(0).state());
    }
  }

  @Test
  void discard_ofAMessageOfSeveralReceivers_needsToBeToldWhich() throws Exception {
    change(connection -> {});
    try (Store store = node()) {
      park(store, TO_STOCK);
      park(store, TO_AUDIT);

      Ran which = discard("--reason", "a test");
      List<State> before = states(store);
      Ran one = discard("--reason", "a test", "--receiver", "audit|all");

      assertEquals(Command.MISUSED, which.code(), which.err());
      assertTrue(which.err().contains("OW162"), which.err());
      assertTrue(which.err().contains("audit|all, stock|s"), which.err());
      assertEquals(List.of(State.PARKED, State.PARKED), before);
      assertEquals(Command.FINE, one.code(), one.err());
      assertEquals(List.of(State.DISCARDED, State.PARKED), states(store)); // audit, stock
    }
  }

  private List<State> states(Store store) {
    return store.setAside().find(id).stream().map(SetAsideRow::state).toList();
  }

  // --- exit codes --------------------------------------------------------------------------

  @Test
  void wrongUsage_exitsWithTwo() throws Exception {
    Path noConfiguration = Files.writeString(directory.resolve("no.conf"), "onewrite {");
    Ran unsaid = run("verify");
    Ran noEntity = runAt(worked, "journal", "order");
    Ran unparsed = run("verify", "--config", noConfiguration.toString());

    assertEquals(2, unsaid.code());
    assertTrue(unsaid.err().contains("--directory DIR"), unsaid.err());
    assertEquals(2, run("verfy").code());
    assertEquals(2, noEntity.code());
    assertTrue(noEntity.err().contains("OW101"), noEntity.err());
    assertEquals(2, unparsed.code(), unparsed.err());
  }

  @Test
  void verify_thatCouldNotLook_exitsWithThree_notAsIfItHadFoundDamage() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong.conf"), "onewrite = 3");
    Ran nowhere = runAt(directory, "verify");
    Ran uncoded = run("verify", "--config", wrong.toString());

    assertEquals(3, nowhere.code());
    assertTrue(nowhere.err().contains("OW602"), nowhere.err());
    assertEquals(3, uncoded.code(), uncoded.err());
    assertTrue(uncoded.err().contains("OW603"), uncoded.err());
    assertEquals(Command.FOUND, runAt(directory, "doctor").code());
  }
}
