package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.testkit.Shop.Bought;
import dev.onewrite.testkit.Shop.Buy;
import dev.onewrite.testkit.Shop.Charge;
import dev.onewrite.testkit.Shop.Charged;
import dev.onewrite.testkit.Shop.Lines;
import dev.onewrite.testkit.Shop.Note;
import dev.onewrite.testkit.Shop.Order;
import dev.onewrite.testkit.Shop.OrderMessage;
import dev.onewrite.testkit.Shop.OrderPaid;
import dev.onewrite.testkit.Shop.Remind;
import dev.onewrite.testkit.Shop.Reminded;
import dev.onewrite.testkit.Shop.Stage;
import dev.onewrite.testkit.Shop.Total;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

final class SceneTest {

  @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.FAIL);

  private static final Component<OrderMessage> ORDER =
      Shop.order((cents, key) -> cents + " for " + key);
  private static final Address LEDGER = new Address("ledger", "all");

  @Test
  void newEntity_gotARequest_didAllThatItsBatchSays() {
    KIT.given(ORDER)
        .when(new Buy(300))
        .transitions("OPEN/Checkout")
        .emits(new Bought(300))
        .sends(LEDGER, new Note("bought"))
        .invokes("charge", new Charge(300))
        .timer(Stage.CHARGING, Duration.ofMinutes(1))
        .timer("reminder", Duration.ofDays(1), new Remind())
        .replies(new Bought(300))
        .state(Stage.CHARGING)
        .context(new Order(300, ""));
  }

  @Test
  void givenState_activityReturned_goesOnFromThere() {
    KIT.given(ORDER)
        .state(Stage.CHARGING, new Order(300, ""))
        .whenReturned("charge", new Charged("r1"))
        .state(Stage.PAID)
        .context(new Order(300, "r1"));
  }

  @Test
  void givenState_activityFailed_goesWhereTheMachineSays() {
    KIT.given(ORDER)
        .state(Stage.CHARGING, new Order(300, ""))
        .whenFailed("charge", "timeout", "too late")
        .state(Stage.REFUSED);
  }

  @Test
  void givenState_activityCalled_callsTheComponentsOwnWithItsKey() {
    Scene<OrderMessage> scene = KIT.given(ORDER).state(Stage.CHARGING, new Order(300, ""));
    String key = scene.idempotencyKey("charge");

    scene.whenCalled("charge").state(Stage.PAID).context(new Order(300, "300 for " + key));
  }

  @Test
  void givenBatches_ofAnotherTest_goOnFromThere() {
    Scene<OrderMessage> first = KIT.given(ORDER).handled(new Buy(300));
    List<Batch> batches = first.history();

    KIT.given(ORDER)
        .batches(batches)
        .when(new Buy(500))
        .notTaken(new Shop.Checkout(500))
        .replies(new Bought(500))
        .state(Stage.CHARGING);
  }

  @Test
  void time_passing_firesTimersInOrderEachAtItsTime() {
    Scene<OrderMessage> scene = KIT.given(ORDER).handled(new Buy(300));

    scene.whenTimePasses(Duration.ofSeconds(59)).nothing().state(Stage.CHARGING);
    scene
        .whenTimePasses(Duration.ofDays(2))
        .transitions("CHARGING/after 1m")
        .emits(new Reminded("1"))
        .state(Stage.REFUSED);
    List<Batch> fired = scene.history().subList(1, 3);
    assertEquals(Bench.START.plus(Duration.ofMinutes(1)), fired.get(0).at());
    assertEquals(Bench.START.plus(Duration.ofDays(1)), fired.get(1).at());
  }

  @Test
  void request_repeated_getsTheRecordedReplyAndJournalsNothing() {
    Scene<OrderMessage> scene = KIT.given(ORDER).handled(new Buy(300));

    scene.whenRepeated().nothing().replies(new Bought(300));
  }

  @Test
  void question_asked_isAnsweredAndJournalsNothing() {
    KIT.given(ORDER)
        .state(Stage.PAID, new Order(300, "r"))
        .when(new Total())
        .nothing()
        .replies(new Bought(300));
  }

  @Test
  void delivery_repeated_takesEffectOnce() {
    Scene<Shop.LedgerMessage> ledger = KIT.given(Shop.LEDGER).id("all");

    ledger
        .whenDelivered(new Address("order", "7"), new OrderPaid("7", 300))
        .context(new Lines(List.of("7 paid 300")));
    ledger.whenRepeated().nothing().context(new Lines(List.of("7 paid 300")));
    ledger
        .whenSent(new Address("order", "7"), new Note("hello"))
        .context(new Lines(List.of("7 paid 300", "hello")));
  }

  @Test
  void delivery_toAnEntityThatDoesNotGetIt_isNamed() {
    Scene<Shop.LedgerMessage> ledger = KIT.given(Shop.LEDGER).id("another");

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> ledger.whenDelivered(new Address("order", "7"), new OrderPaid("7", 300)));

    assertEquals("OW800", refused.code());
    assertTrue(refused.getMessage().contains("but to [ledger|all]"), refused.getMessage());
  }

  @Test
  void message_deliveredLikeAnEventNobodySubscribesTo_isToldHowToBeSent() {
    Scene<Shop.LedgerMessage> ledger = KIT.given(Shop.LEDGER).id("all");

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> ledger.whenDelivered(new Address("order", "7"), new Note("hello")));

    assertEquals("OW800", refused.code());
    assertTrue(
        refused.getMessage().contains("ledger does not subscribe to Note; "), refused.getMessage());
    assertTrue(refused.getMessage().contains("whenSent(from, message)"), refused.getMessage());
  }

  @Test
  void handler_thrown_isExpectedByItsCodeOrItsClass() {
    Scene<OrderMessage> scene = KIT.given(ORDER);

    scene.when(new Buy(-1)).refused("OW106");
    IllegalArgumentException thrown = scene.when(new Buy(-1)).threw(IllegalArgumentException.class);

    assertEquals("less than nothing", thrown.getMessage());
    assertEquals(List.of(), scene.history());
  }

  // --- what a test is told -----------------------------------------------------------------------

  private static Scene<OrderMessage> unwatched() {
    return new Scene<>(ORDER, new Taken());
  }

  @Test
  void parts_notLookedAt_areListedWithWhatToDo() {
    Scene<OrderMessage> scene = unwatched();
    scene.when(new Buy(300)).emits(new Bought(300)).ignoring(Part.TIMERS);

    AssertionFailedError failed = assertThrows(AssertionFailedError.class, scene::check);

    assertEquals(
        """
        the test did not look at
          activity charge with Charge[cents=300]
          send Note[text=bought] to ledger|all
          reply Bought[cents=300]
          look at it with invokes("name", input), or say ignoring(Part.ACTIVITIES)
          look at it with sends(address, message), or say ignoring(Part.SENDS)
          look at it with replies(reply), or say ignoring(Part.REPLY)
        What happened:
          1. order|1 at 0s, request request-1: Buy[cents=300]
               start -> [OPEN]
               Checkout[cents=300] takes OPEN/Checkout -> [CHARGING]
               activity charge with Charge[cents=300]
               emit Bought[cents=300]
               send Note[text=bought] to ledger|all
               timer of state CHARGING in 1m
               timer "reminder" with Remind[] in 24h
               reply Bought[cents=300]
               leaves [CHARGING] Order[cents=300, receipt=]""",
        failed.getMessage());
  }

  @Test
  void nextMessage_beforeTheLastWasLookedAt_failsThere() {
    Scene<OrderMessage> scene = unwatched();
    scene.when(new Buy(300));

    assertThrows(AssertionFailedError.class, () -> scene.when(new Buy(300)));
  }

  @Test
  void emit_thatIsAnother_isToldBothWays() {
    Scene<OrderMessage> scene = unwatched();
    Then then = scene.when(new Buy(300));

    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, () -> then.emits(new Bought(1)));

    assertTrue(
        failed
            .getMessage()
            .startsWith(
                "expected emit Bought[cents=1]\n  found:   emit Bought[cents=300]\nWhat happened"),
        failed.getMessage());
    assertEquals("Bought[cents=1]", failed.getExpected().getStringRepresentation());
    assertEquals("Bought[cents=300]", failed.getActual().getStringRepresentation());
  }

  @Test
  void failedTurn_notExpected_failsTheTestAndKeepsTheCause() {
    Scene<OrderMessage> scene = unwatched();
    scene.when(new Buy(-1));

    AssertionFailedError failed = assertThrows(AssertionFailedError.class, scene::check);

    assertTrue(failed.getMessage().contains("less than nothing"), failed.getMessage());
    assertEquals(IllegalArgumentException.class, failed.getCause().getClass());
  }

  record Growing(String text) {
    Growing {
      text = text + "!";
    }
  }

  @Test
  void value_thatTheJournalDoesNotKeep_failsTheTest() {
    Component<Growing> growing =
        Component.define("growing", Growing.class)
            .context(() -> new Growing(""))
            .on(Growing.class, (turn, message) -> {})
            .build();
    Scene<Growing> scene = new Scene<>(growing, new Taken());

    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, () -> scene.when(new Growing("a")));

    assertTrue(
        failed.getMessage().contains("before: Growing[text=a!]\n  after:  Growing[text=a!!]"),
        failed.getMessage());
  }

  @Test
  void scene_afterWarmUp_takesLessThanFiveMilliseconds() {
    double best = Double.MAX_VALUE; // a busy machine makes a round slow, never quick
    for (int round = 0; round < 15; round++) {
      long before = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        oneTest();
      }
      best = Math.min(best, (System.nanoTime() - before) / 50 / 1e6);
    }

    System.out.printf("one given-when-then test: %.2f ms%n", best);
    assertTrue(best < 5, "a test took " + best + " ms");
  }

  private static void oneTest() {
    Scene<OrderMessage> scene = unwatched();
    scene.when(new Buy(300)).emits(new Bought(300)).ignoring(Part.values()).state(Stage.CHARGING);
    scene.check();
  }
}
