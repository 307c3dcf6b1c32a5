package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.Counters.Work;
import dev.onewrite.component.Component;
import dev.onewrite.component.Named;
import dev.onewrite.component.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that must not run as it is configured does not start. */
final class StartTest {

  private static final Component<Message> COUNTER = Counters.counter().build();

  private final TestStore store = new TestStore();

  private static RefusedException assertRefused(String code, Onewrite.Builder builder) {
    RefusedException thrown = assertThrows(RefusedException.class, builder::start);
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }

  @ParameterizedTest
  @CsvSource({
    "turn-time-out, turn-timeout",
    "outbx.workers, outbox.workers",
    "outbox.redelivery.frist, outbox.redelivery.first",
    "request-retained, requests-retained"
  })
  void key_unknown_isRefusedWithTheNearest(String key, String nearest) {
    RefusedException refused =
        assertRefused(
            "OW504",
            Onewrite.builder()
                .component(COUNTER)
                .store(store)
                .durability("test")
                .set("onewrite." + key, 3));

    assertTrue(refused.getMessage().contains("onewrite." + key + " ("), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("nearest is onewrite." + nearest + "."),
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "turn-timeout, 0ms, PT0.001S, PT1H",
    "turn-timeout, 61m, PT0.001S, PT1H",
    "ask-timeout, 0ms, PT0.001S, PT1H",
    "passivate-after, 9ms, PT0.01S, PT168H",
    "passivate-after, 8d, PT0.01S, PT168H",
    "snapshot-every, 0, 1, 1000000",
    "snapshot-every, 1000001, 1, 1000000",
    "payload-bytes-max, 1023B, 1024, 204800",
    "payload-bytes-max, 201KiB, 1024, 204800",
    "requests-retained, 0, 1, 100000",
    "requests-retained-for, 59s, PT1M, PT87600H",
    "requests-retained-for, 3651d, PT1M, PT87600H",
    "requests-ahead-max, 999ms, PT1S, PT24H",
    "requests-ahead-max, 25h, PT1S, PT24H",
    "waiting-max, 0, 1, 1000000",
    "waiting-max, -1, 1, 1000000",
    "blocking-threads, 0, 1, 10000",
    "restart.first, 0ms, PT0.001S, PT1H",
    "restart.max, 4ms, PT0.005S, PT1H",
    "outbox.flush-interval, 11s, PT0.001S, PT10S",
    "outbox.workers, 0, 1, 1024",
    "outbox.workers, 1025, 1, 1024",
    "outbox.window, 0, 1, 100000",
    "outbox.delivery-timeout, 0ms, PT0.001S, PT1H",
    "outbox.redelivery.first, 0ms, PT0.001S, PT1H",
    "outbox.redelivery.max, 1ms, PT0.1S, PT1H",
    "outbox.redelivery.report-after, 0, 1, 1000",
    "outbox.offset-every, 0, 1, 100000",
    "outbox.offset-within, 11s, PT0.001S, PT10S"
  })
  void value_outOfRange_isRefusedWithKeyValueAndRange(
      String key, String value, String min, String max) {
    Onewrite.Builder builder = Counters.node(store, COUNTER).set("onewrite." + key, value);

    String message = assertRefused("OW501", builder).getMessage();

    assertTrue(message.contains("onewrite." + key + " is " + value + ";"), message);
    assertTrue(message.contains("from " + min + " to " + max), message);
  }

  @ParameterizedTest
  @CsvSource({
    "turn-timeout, soon",
    "waiting-max, many",
    "payload-bytes-max, big",
    "outbox.workers, 1.x"
  })
  void value_ofAnotherKind_isRefusedWithItsKey(String key, String value) {
    Onewrite.Builder builder = Counters.node(store, COUNTER).set("onewrite." + key, value);

    String message = assertRefused("OW501", builder).getMessage();

    assertTrue(message.contains("onewrite." + key), message);
  }

  @ParameterizedTest
  @CsvSource({
    "turn-timeout, 1ms",
    "turn-timeout, 1h",
    "requests-retained-for, 1m",
    "requests-retained-for, 3650d",
    "requests-ahead-max, 1s",
    "requests-ahead-max, 1d",
    "snapshot-every, 1000000",
    "payload-bytes-max, 1KiB",
    "payload-bytes-max, 200KiB",
    "outbox.workers, 1024"
  })
  void value_atTheEdge_starts(String key, String value) {
    Onewrite.Builder builder = Counters.node(store, COUNTER).set("onewrite." + key, value);

    assertDoesNotThrow(() -> builder.start().close());
  }

  @Test
  void store_thatNobodyRegistered_isRefusedWithThoseThereAre() {
    Onewrite.Builder builder = Counters.node(store, COUNTER).durability("tape");

    String message = assertRefused("OW502", builder).getMessage();

    assertTrue(message.contains("\"tape\"") && message.contains("test"), message);
  }

  @Test
  void components_ofOneName_areRefused() {
    Onewrite.Builder builder =
        Counters.node(store, COUNTER).component(Counters.working((turn, work) -> {}));

    assertTrue(assertRefused("OW113", builder).getMessage().contains("\"counter\""));
  }

  @Named("work")
  record OtherWork() {}

  @Test
  void records_ofOneLogicalName_areRefused() {
    Component<OtherWork> other =
        Component.define("other", OtherWork.class)
            .context(() -> new Total(0, 0))
            .on(OtherWork.class, (turn, work) -> {})
            .build();
    Component<Message> counter = Counters.working((turn, work) -> {});

    Onewrite.Builder builder = Counters.node(store, counter).component(other);

    String message = assertRefused("OW207", builder).getMessage();
    assertTrue(
        message.contains(Work.class.getName()) && message.contains(OtherWork.class.getName()));
  }

  @Test
  void node_thatWasRefused_canBeStartedAfterwards() {
    assertRefused("OW501", Counters.node(store, COUNTER).set("onewrite.waiting-max", 0));
    assertRefused("OW113", Counters.node(store, COUNTER).component(COUNTER));

    try (Onewrite node = Counters.node(store, COUNTER).start()) {
      assertEquals("test: as long as the test runs", node.store());
    }
  }
}
