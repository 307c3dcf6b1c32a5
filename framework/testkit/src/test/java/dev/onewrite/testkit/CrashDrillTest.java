package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.testkit.Shop.Buy;
import dev.onewrite.testkit.Shop.OrderMessage;
import dev.onewrite.testkit.Shop.PayNow;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

final class CrashDrillTest {

  /** Charges once a key, as a good bank does. */
  static final class GoodBank implements Shop.Bank {
    private final List<Long> charges = new ArrayList<>();
    private final Map<String, String> receipts = new HashMap<>();

    @Override
    public String charge(long cents, String idempotencyKey) {
      return receipts.computeIfAbsent(
          idempotencyKey,
          key -> {
            charges.add(cents);
            return "receipt " + charges.size();
          });
    }
  }

  /** Looks at no key; so a component that uses it has a bug. */
  static final class CarelessBank implements Shop.Bank {
    private final List<Long> charges = new ArrayList<>();

    @Override
    public String charge(long cents, String idempotencyKey) {
      charges.add(cents);
      return "receipt " + charges.size();
    }
  }

  private static CrashDrill.Scenario payNow(boolean mended) {
    return drill -> {
      GoodBank good = new GoodBank();
      CarelessBank careless = new CarelessBank();
      Component<OrderMessage> order = Shop.order(mended ? good : careless);
      drill.start(order, Shop.LEDGER);
      drill.request(order, "1", new PayNow(300));
      drill.settle();
      drill.observe("charges", mended ? good.charges : careless.charges);
    };
  }

  @Test
  void handler_thatCallsTheOutsideWithoutTheKey_isFound() {
    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, CrashDrill.of(payNow(false))::run);

    assertTrue(
        failed.getMessage().contains("observed charges: 300 came out twice instead of once"),
        failed.getMessage());
    assertTrue(
        failed.getMessage().contains("The process died before the commit of: PayNow[cents=300]"),
        failed.getMessage());
    assertTrue(failed.getMessage().contains("turn.idempotencyKey()"), failed.getMessage());
  }

  @Test
  void handler_thatGivesTheKey_passes_alsoWhereTheProcessDiesTwice() {
    CrashDrill.Report once = CrashDrill.of(payNow(true)).run();
    CrashDrill.Report twice = CrashDrill.of(payNow(true)).twice().run();

    assertEquals(once.places(), once.runs());
    assertTrue(twice.runs() > once.runs(), twice.toString());
  }

  @Test
  void activity_ofABankThatLooksAtNoKey_isFound_andOfOneThatDoesPasses() {
    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, CrashDrill.of(buying(CarelessBank::new, 1))::run);
    assertTrue(
        failed.getMessage().contains("The process died after the call of: activity charge"),
        failed.getMessage());

    CrashDrill.of(buying(GoodBank::new, 1)).twice().run();
  }

  private static CrashDrill.Scenario buying(
      java.util.function.Supplier<? extends Shop.Bank> banks, int orders) {
    return drill -> {
      Shop.Bank bank = banks.get();
      drill.start(() -> List.of(Shop.order(bank), Shop.LEDGER));
      for (int i = 0; i < orders; i++) {
        drill.request(new Address("order", "" + i), new Buy(300 + i));
      }
      drill.settle();
      drill.timePasses(Duration.ofDays(2));
      drill.settle();
      drill.observe(
          "charges", bank instanceof GoodBank good ? good.charges : ((CarelessBank) bank).charges);
    };
  }

  @Test
  void componentThatRemembersOutsideTheJournal_isFound() {
    CrashDrill.Scenario scenario =
        drill -> {
          drill.start(
              () -> {
                AtomicInteger memory = new AtomicInteger();
                return List.of(
                    Component.define("order", OrderMessage.class)
                        .context(() -> new Shop.Order(0, ""))
                        .on(
                            Buy.class,
                            (turn, buy) ->
                                turn.assign(order -> new Shop.Order(memory.incrementAndGet(), "")))
                        .build());
              });
          drill.request(new Address("order", "1"), new Buy(1));
          drill.request(new Address("order", "1"), new Buy(1));
        };

    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, CrashDrill.of(scenario)::run);

    assertTrue(
        failed.getMessage().contains("order|1, context, cents: 1 instead of 2"),
        failed.getMessage());
  }

  @Test
  void scenario_thatIsAnotherEachTime_isRefused() {
    AtomicInteger runs = new AtomicInteger();

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            CrashDrill.of(
                    drill -> {
                      drill.start(Shop.LEDGER);
                      drill.observe("run", runs.incrementAndGet());
                    })
                ::run);

    assertTrue(refused.getMessage().contains("observed run: 2 instead of 1"));
  }

  /** In time of its one thread: on a busy machine the clock measures the others. */
  @Test
  void thousandDrillSteps_takeThirtySecondsOrLess() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    CrashDrill.Report report = CrashDrill.of(buying(GoodBank::new, 3)).twice().run();

    Duration worked = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    System.out.println("crash drill: " + report + ", processor time " + worked);
    assertTrue(report.runs() >= 1_000, report.toString());
    assertTrue(worked.compareTo(Duration.ofSeconds(30)) <= 0, worked.toString());
  }
}
