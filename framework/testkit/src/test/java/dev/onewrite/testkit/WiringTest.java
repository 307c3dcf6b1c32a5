package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.testkit.Shop.Bought;
import dev.onewrite.testkit.Shop.Buy;
import dev.onewrite.testkit.Shop.Lines;
import dev.onewrite.testkit.Shop.OrderMessage;
import dev.onewrite.testkit.Shop.PayNow;
import dev.onewrite.testkit.Shop.Reminded;
import dev.onewrite.testkit.Shop.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

final class WiringTest {

  @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.OFF);

  private static final Component<OrderMessage> ORDER = Shop.order((cents, key) -> "r" + cents);
  private static final Address LEDGER = new Address("ledger", "all");

  private static Address order(String id) {
    return new Address("order", id);
  }

  @Test
  void message_sent_arrivesWhenTheTestSaysSo() {
    Wiring shop = KIT.wire(ORDER, Shop.LEDGER);

    shop.request(ORDER, "1", new Buy(300)).replies(new Bought(300)).state(Stage.CHARGING);
    assertEquals(new Lines(List.of()), shop.entity(Shop.LEDGER, "all").context());
    shop.deliver(order("1"), LEDGER).context(new Lines(List.of("bought")));
    shop.call("charge").state(Stage.PAID);

    shop.unheard(new Bought(300));
  }

  @Test
  void messagesOfTwoSenders_delivered_comeInTheOrderOfTheTest() {
    Wiring shop = KIT.wire(ORDER, Shop.LEDGER);
    shop.request(ORDER, "1", new PayNow(100));
    shop.request(ORDER, "1", new PayNow(200));
    shop.request(ORDER, "2", new PayNow(300));

    assertEquals(2, shop.underWay().size()); // 200 waits behind 100
    shop.deliver(order("2"), LEDGER);
    shop.deliver(order("1"), LEDGER);
    shop.deliver(order("1"), LEDGER);

    assertEquals(
        new Lines(List.of("2 paid 300", "1 paid 100", "1 paid 200")),
        shop.entity(Shop.LEDGER, "all").context());
  }

  @Test
  void copies_whenever_takeNoEffect_alsoAfterARestart() {
    Wiring shop = KIT.wire(ORDER, Shop.LEDGER);
    shop.request(ORDER, "1", new PayNow(100));
    shop.request(ORDER, "1", new PayNow(200));
    shop.deliver();
    Parcel first = shop.delivered().get(0);

    shop.redeliver(first).nothing();
    shop.deliverAll();
    shop.redeliver(first).nothing();
    shop.restart().settle();
    shop.redeliver(first).nothing();

    assertEquals(
        new Lines(List.of("1 paid 100", "1 paid 200")), shop.entity(Shop.LEDGER, "all").context());
  }

  @Test
  void request_repeatedAfterARestart_getsItsReply() {
    Wiring shop = KIT.wire(ORDER, Shop.LEDGER);
    shop.request(ORDER, "1", new Buy(300), "mine").replies(new Bought(300));

    shop.restart();

    shop.request(ORDER, "1", new Buy(300), "mine").nothing().replies(new Bought(300));
    shop.settle().unheard(new Bought(300));
  }

  @Test
  void time_passing_firesTimersOfAllEntities() {
    Wiring shop = KIT.wire(ORDER, Shop.LEDGER);
    shop.request(ORDER, "1", new Buy(300)).ignoring(Part.REPLY);
    shop.request(ORDER, "2", new Buy(500)).ignoring(Part.REPLY);

    shop.timePasses(Duration.ofDays(1)).settle();

    shop.unheard(new Bought(300), new Bought(500), new Reminded("1"), new Reminded("2"));
    assertEquals(Stage.REFUSED, shop.entity(ORDER, "1").state());
  }

  // --- what a test is told -----------------------------------------------------------------------

  private static Wiring unwatched() {
    return new Wiring(List.of(ORDER, Shop.LEDGER), new Taken());
  }

  @Test
  void whatIsUnderWay_atTheEnd_isListed() {
    Wiring shop = unwatched();
    shop.request(ORDER, "1", new Buy(300)).ignoring(Part.REPLY);

    AssertionFailedError failed = assertThrows(AssertionFailedError.class, shop::check);

    assertTrue(
        failed
            .getMessage()
            .startsWith(
                """
                under way at the end of the test:
                           Note[text=bought] from order|1 to ledger|all
                           activity charge of order|1
                  let it arrive with settle() or deliverAll(), or say ignoringRest()
                What happened:"""),
        failed.getMessage());
  }

  @Test
  void eventsThatNobodyHears_atTheEnd_areListed() {
    Wiring shop = unwatched();
    shop.request(ORDER, "1", new Buy(300)).ignoring(Part.REPLY);
    shop.settle();

    AssertionFailedError failed = assertThrows(AssertionFailedError.class, shop::check);

    assertTrue(failed.getMessage().contains("unheard(...)"), failed.getMessage());
    shop.ignoringRest().check();
  }

  @Test
  void messageThatWaitsBehindAnother_asked_isRefused() {
    Wiring shop = unwatched();
    shop.request(ORDER, "1", new PayNow(100));
    shop.request(ORDER, "1", new PayNow(200));
    Parcel first = shop.underWay().get(0);
    shop.deliver(first);

    assertThrows(RefusedException.class, () -> shop.deliver(first));
    assertThrows(RefusedException.class, () -> shop.deliver(order("2"), LEDGER));
  }

  @Test
  void handlerThatFailsEachTime_isToldWithItsReason() {
    Component<Shop.LedgerMessage> sulking =
        Component.define("ledger", Shop.LedgerMessage.class)
            .context(() -> new Lines(List.of()))
            .on(
                Shop.Note.class,
                (turn, note) -> {
                  throw new IllegalStateException("no paper");
                })
            .build();
    Wiring shop = new Wiring(List.of(ORDER, sulking), new Taken());
    shop.request(ORDER, "1", new Buy(300)).ignoring(Part.REPLY);

    AssertionFailedError failed = assertThrows(AssertionFailedError.class, shop::deliverAll);

    assertTrue(failed.getMessage().contains("no paper"), failed.getMessage());
  }
}
