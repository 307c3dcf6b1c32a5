package dev.onewrite.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.onewrite.component.Component;
import dev.onewrite.testkit.Shop.Buy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The extension, in test classes that JUnit runs. */
final class TestkitTest {

  private static final Component<Shop.OrderMessage> ORDER = Shop.order((cents, key) -> "r");

  @Test
  void test_thatDidNotLook_failsAtItsEnd_andOneThatFailedAnywayKeepsItsOwnFailure() {
    List<String> failures = failures(run(Looking.class));

    assertEquals(2, failures.size(), failures.toString());
    assertTrue(failures.stream().anyMatch(f -> f.startsWith("the test did not look at")));
    assertTrue(failures.stream().anyMatch(f -> f.equals("its own")), failures.toString());
  }

  @Test
  void untaken_failing_failsTheClassAndNamesThem() {
    List<String> failures = failures(run(Failing.class));

    assertEquals(1, failures.size());
    assertTrue(failures.get(0).contains("state never entered: PAID"), failures.get(0));
    assertTrue(failures.get(0).contains("transition never taken: CHARGING/after 1m"));
  }

  @Test
  void untaken_reported_isAnEntryOfTheReport() {
    EngineExecutionResults results = run(Reporting.class);

    assertEquals(List.of(), failures(results));
    assertEquals(1, results.containerEvents().reportingEntryPublished().count());
  }

  @Test
  void untaken_off_isNotMentioned() {
    EngineExecutionResults results = run(Silent.class);

    assertEquals(List.of(), failures(results));
    assertEquals(0, results.containerEvents().reportingEntryPublished().count());
  }

  @Test
  void kit_thatIsNotRegistered_refusesAndSaysHow() {
    List<String> failures = failures(run(Unregistered.class));

    assertEquals(2, failures.size(), failures.toString());
    for (String failure : failures) {
      assertTrue(failure.startsWith("[OW800]"), failure);
      assertTrue(failure.contains("@RegisterExtension static final Testkit KIT"), failure);
    }
  }

  private static EngineExecutionResults run(Class<?> testClass) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
  }

  private static List<String> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .toList();
  }

  static final class Looking {
    @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.OFF);

    @Test
    void looks() {
      KIT.given(ORDER).when(new Buy(1)).ignoring(Part.values());
    }

    @Test
    void doesNotLook() {
      KIT.given(ORDER).when(new Buy(1));
    }

    @Test
    void failsItself() {
      KIT.given(ORDER).when(new Buy(1));
      throw new AssertionError("its own");
    }
  }

  static final class Unregistered {
    static final Testkit KIT = Testkit.create().untaken(Untaken.OFF);

    @Test
    void doesNotLook() {
      KIT.given(ORDER).when(new Buy(1));
    }

    @Test
    void doesNotLookAtSeveral() {
      KIT.wire(ORDER).request(ORDER, "1", new Buy(1));
    }
  }

  static final class Failing {
    @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.FAIL);

    @Test
    void takesOneTransition() {
      KIT.given(ORDER).when(new Buy(1)).ignoring(Part.values());
    }
  }

  static final class Reporting {
    @RegisterExtension static final Testkit KIT = Testkit.create();

    @Test
    void takesOneTransition() {
      KIT.given(ORDER).when(new Buy(1)).ignoring(Part.values());
    }
  }

  static final class Silent {
    @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.OFF);

    @Test
    void takesOneTransition() {
      KIT.given(ORDER).when(new Buy(1)).ignoring(Part.values());
    }
  }
}
