package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Lost;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages, questions and replies. */
final class AskTest {

  record Other(int value) {}

  private static final Component<Message> COUNTER =
      Counters.working(
          (turn, work) -> {
            if (work.what().equals("reply otherwise")) {
              turn.reply(new Other(1));
            }
          });

  private final TestStore store = new TestStore();
  private final Onewrite node =
      Counters.node(store, COUNTER).set("onewrite.payload-bytes-max", "1KiB").start();
  private final Ref<Message> one = node.ref(COUNTER, "one");

  @AfterEach
  void close() {
    node.close();
  }

  private static RefusedException assertThrown(String code, Runnable call) {
    RefusedException thrown = assertThrows(RefusedException.class, call::run);
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }

  @Test
  void ask_handled_getsTheReplyAndOneRow() {
    Total total = Await.value(one.ask(new Add(3), Total.class));

    assertEquals(new Total(3, 1), total);
    assertEquals(1, store.rows(ONE).size());
  }

  @Test
  void tell_handled_completesAfterItsCommit() {
    Await.value(one.tell(new Add(3)));

    assertEquals(1, store.rows(ONE).size());
    assertEquals(new Total(3, 1), Await.value(one.ask(new Get(), Total.class)));
  }

  @Test
  void question_answered_journalsNothing() {
    Total before = Await.value(one.ask(new Get(), Total.class));
    Await.value(one.tell(new Get()));

    assertEquals(new Total(0, 0), before);
    assertEquals(0, store.appends());
  }

  @Test
  void request_repeated_getsTheRecordedReplyAndNoSecondEffect() {
    Total first = Await.value(one.ask(new Add(3), Total.class, "r"));
    Await.value(one.ask(new Add(4), Total.class));

    Total again = Await.value(one.ask(new Add(3), Total.class, "r"));
    Await.value(one.tell(new Add(3), "r"));

    assertEquals(first, again);
    assertEquals(new Total(7, 2), Await.value(one.ask(new Get(), Total.class)));
    assertEquals(2, store.rows(ONE).size());
  }

  @Test
  void requests_asManyAsYouLike_areOneRowATurn() {
    List<CompletionStage<Void>> tells = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tells.add(node.ref(COUNTER, "e" + i % 7).tell(new Add(1)));
      tells.add(node.ref(COUNTER, "e" + i % 7).tell(new Get()));
    }
    tells.forEach(Await::value);

    assertEquals(200, store.rowsOfAll());
    assertEquals(200, store.appends());
  }

  @Test
  void reply_ofAnotherType_isRefusedAndTheTurnCounts() {
    Await.failure("OW111", RefusedException.class, one.ask(new Add(3), Other.class));
    Await.failure(
        "OW111", RefusedException.class, one.ask(new Work("reply otherwise"), Total.class));

    assertEquals(2, store.rows(ONE).size());
  }

  @Test
  void reply_missing_isRefusedAndTheTurnCounts() {
    Await.failure("OW110", RefusedException.class, one.ask(new Work("nothing"), Total.class, "r"));
    Await.failure("OW110", RefusedException.class, one.ask(new Work("nothing"), Total.class, "r"));

    assertEquals(1, store.rows(ONE).size());
  }

  @Test
  void request_ofAnyReply_getsItAsRecorded() {
    Payload other = Await.value(one.request(new Work("reply otherwise"), "r")).orElseThrow();
    Payload again = Await.value(one.request(new Work("reply otherwise"), "r")).orElseThrow();
    Payload answer = Await.value(one.request(new Get(), "q")).orElseThrow();

    assertEquals("other", other.type());
    assertEquals(Map.of("value", 1), Onewrite.components(other));
    assertEquals(other, again);
    assertEquals(node.encode(new Total(0, 0)), answer);
    assertEquals(Optional.empty(), Await.value(one.request(new Work("nothing"), "s")));
    assertEquals(2, store.rows(ONE).size());
  }

  @Test
  void reply_ofATypeNobodyNamed_isThereAfterARestart() {
    Payload before = Await.value(one.request(new Work("reply otherwise"), "r")).orElseThrow();
    node.close();

    try (Onewrite later = Counters.node(store, COUNTER).start()) {
      Ref<Message> same = later.ref(COUNTER, "one");

      assertEquals(
          before, Await.value(same.request(new Work("reply otherwise"), "r")).orElseThrow());
    }
  }

  @Test
  void message_withoutHandler_isRefusedAndJournalsNothing() {
    Await.failure("OW105", RefusedException.class, one.tell(new Lost()));

    assertEquals(0, store.appends());
  }

  @Test
  void call_invalid_isRefusedAtOnce() {
    assertThrown("OW102", () -> one.tell(new Work("x".repeat(2_000))));
    assertThrown("OW101", () -> one.tell(new Add(1), ""));
    assertThrown("OW101", () -> one.tell(new Add(1), "x".repeat(201)));
    assertThrown("OW101", () -> one.ask(new Add(1), Total.class, "a\0b"));
    assertThrown("OW101", () -> one.ask(new Add(1), Total.class, "\ud800"));
    assertThrown("OW101", () -> node.ref(COUNTER, ""));

    Await.value(one.tell(new Add(1), "x".repeat(200)));
    assertEquals(1, store.appends());
  }

  @Test
  void component_ofAnotherNode_isRefused() {
    Component<Message> stranger =
        Component.define("stranger", Message.class)
            .context(() -> new Total(0, 0))
            .answer(Get.class, (view, get) -> view.context())
            .build();

    RefusedException e = assertThrown("OW114", () -> node.ref(stranger, "1"));

    assertEquals(true, e.getMessage().contains("stranger") && e.getMessage().contains("counter"));
  }
}
