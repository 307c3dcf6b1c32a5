package dev.onewrite;

import static dev.onewrite.Counters.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of requests: known, forgotten, used twice; all the same after a restart. */
final class RequestIdsTest {

  private static final Component<Message> COUNTER = Counters.working((turn, work) -> {});

  private final TestStore store = new TestStore();
  private final long began = System.currentTimeMillis();

  /** The restart reads rows with the first, a snapshot and perhaps rows with the others. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 2})
  void id_usedForAnotherMessage_isRefused(int snapshotEvery) {
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      assertEquals(new Total(3, 1), Await.value(one.ask(new Add(3), Total.class, "r")));
      Await.failure("OW171", RefusedException.class, one.ask(new Add(4), Total.class, "r"));
      Await.value(one.tell(new Add(1), "other"));
    }
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");

      Await.failure("OW171", RefusedException.class, one.ask(new Add(4), Total.class, "r"));
      assertEquals(new Total(3, 1), Await.value(one.ask(new Add(3), Total.class, "r")));
      assertEquals(new Total(4, 2), Await.value(one.ask(new Get(), Total.class)));
    }
    assertEquals(2, store.rows(ONE).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2, 5})
  void id_thatMayBeForgotten_isRefusedAndNothingRunsTwice(int snapshotEvery) {
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      for (int second = 1; second <= 5; second++) { // three are remembered
        Await.value(one.tell(new Add(1), version7(second)));
      }
      assertForgotten(one);
    }
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      assertForgotten(one);
      Await.value(one.tell(new Add(1), version7(6)));
      assertEquals(new Total(6, 6), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  private void assertForgotten(Ref<Message> one) {
    RefusedException refused =
        Await.failure("OW172", RefusedException.class, one.tell(new Add(1), version7(2)));
    assertTrue(refused.getMessage().contains("3 requests"), refused::getMessage);
    Await.failure("OW172", RefusedException.class, one.tell(new Add(1), version7(1)));
    assertEquals(
        new Total(5, 5), Await.value(one.ask(new Add(1), Total.class, version7(5)))); // remembered
    assertEquals(new Total(5, 5), Await.value(one.ask(new Get(), Total.class)));
  }

  @Test
  void id_withoutATime_isANewRequestOnceItIsForgotten() {
    try (Onewrite node = node(1_000)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      for (int i = 0; i < 5; i++) {
        Await.value(one.tell(new Add(1), "r" + i));
      }
      Await.value(one.tell(new Add(1), "r0"));

      assertEquals(new Total(6, 6), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  /** They have no time, so a clock that is behind does no harm. */
  @Test
  void ids_madeByTheNode_areNeverTakenForForgottenOnes() {
    try (Onewrite node = node(1_000)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      for (int i = 0; i < 5; i++) {
        Await.value(one.tell(new Add(1), version7(200 + i)));
      }
      for (int i = 0; i < 5; i++) {
        Await.value(one.tell(new Add(1)));
      }

      assertEquals(new Total(10, 10), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1})
  void id_olderThanRequestsAreRetainedFor_isRefusedUnlessItIsRemembered(int snapshotEvery) {
    String before = version7(-59);
    try (Onewrite node = node(snapshotEvery, "1h")) {
      assertEquals(
          new Total(1, 1),
          Await.value(node.ref(COUNTER, "one").ask(new Add(1), Total.class, before)));
    }
    try (Onewrite node = node(snapshotEvery, "1m")) {
      Ref<Message> one = node.ref(COUNTER, "one");
      Await.value(one.tell(new Add(1), version7(-30)));

      // Of recovery the clock knows nothing: what was taken then counts, and is answered.
      RefusedException refused =
          Await.failure("OW173", RefusedException.class, one.tell(new Add(1), version7(-61)));
      assertTrue(refused.getMessage().contains("PT1M"), refused::getMessage);
      Await.value(one.tell(new Add(1), "without a time"));
      assertEquals(new Total(3, 3), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  /** One client's clock is not everybody's: what it says is not kept. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 2})
  void id_fromTheFuture_isRefusedAndDoesNotRaiseTheBound(int snapshotEvery) {
    String soon = version7(200);
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");
      RefusedException refused =
          Await.failure("OW174", RefusedException.class, one.tell(new Add(1), version7(90_000)));
      assertTrue(
          refused.getMessage().contains(Instant.ofEpochMilli(began + 90_000_000).toString()),
          refused::getMessage);
      assertTrue(refused.getMessage().contains("PT5M"), refused::getMessage);
      for (int second = 1; second <= 5; second++) {
        Await.value(one.tell(new Add(1), version7(second)));
      }
      assertEquals(new Total(6, 6), Await.value(one.ask(new Add(1), Total.class, soon)));
    }
    try (Onewrite node = node(snapshotEvery)) {
      Ref<Message> one = node.ref(COUNTER, "one");

      Await.failure(
          "OW174", RefusedException.class, one.tell(new Add(1), version7(4_000_000_000L)));
      assertEquals(new Total(6, 6), Await.value(one.ask(new Add(1), Total.class, soon)));
      Await.value(one.tell(new Add(1), version7(6)));
      assertEquals(new Total(7, 7), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  @Test
  void id_thatIsRemembered_getsItsReplyHoweverOldItIs() {
    String old = version7(-3_000);
    try (Onewrite node = node(1_000, "1h")) {
      Await.value(node.ref(COUNTER, "one").tell(new Add(1), old));
    }
    try (Onewrite node = node(1_000, "1m")) {
      Ref<Message> one = node.ref(COUNTER, "one");

      assertEquals(new Total(1, 1), Await.value(one.ask(new Add(1), Total.class, old)));
      assertEquals(new Total(1, 1), Await.value(one.ask(new Get(), Total.class)));
    }
  }

  /** Made so many seconds after this test began. */
  private String version7(long second) {
    long millis = began + second * 1_000;
    return new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | (second & 0xffff)).toString();
  }

  private Onewrite node(int snapshotEvery) {
    return node(snapshotEvery, "1h");
  }

  private Onewrite node(int snapshotEvery, String retainedFor) {
    return Counters.node(store, COUNTER)
        .set("onewrite.requests-retained", 3)
        .set("onewrite.requests-retained-for", retainedFor)
        .set("onewrite.snapshot-every", snapshotEvery)
        .start();
  }
}
