package dev.onewrite.testkit;

import dev.onewrite.component.Component;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests of components without an actor system: the real engine, codec and inbox, a store in memory,
 * a time that stands still until told, all in the test's thread.
 *
 * <pre>{@code
 * @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.FAIL);
 *
 * @Test void form_submitted_isSaved() {
 *   KIT.given(FORM).when(new SubmitForm("hello")).emits(...).replies(...).state(SAVED);
 * }
 * }</pre>
 *
 * <p><b>Guarantee.</b> Whatever is taken and kept is written, read and compared, in every turn; at
 * the end of the test the entity is recovered from its journal and compared again. A test fails on
 * what it did not look at.
 *
 * <p><b>Limit.</b> One test a thread at a time; its extension has to be a static field, and a kit
 * that JUnit does not know of refuses every test.
 */
public final class Testkit implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite.testkit");

  private final Taken taken = new Taken();
  private final ThreadLocal<List<Runnable>> checks = ThreadLocal.withInitial(ArrayList::new);
  private Untaken untaken = Untaken.REPORT;
  private volatile boolean registered;

  private Testkit() {}

  public static Testkit create() {
    return new Testkit();
  }

  /**
   * What becomes of states and transitions that no test took; {@link Untaken#REPORT} if not said.
   */
  public Testkit untaken(Untaken policy) {
    untaken = policy;
    return this;
  }

  /** Begins a test of one entity. */
  public <M> Scene<M> given(Component<M> component) {
    checkRegistered();
    Scene<M> scene = new Scene<>(component, taken);
    checks.get().add(scene::check);
    return scene;
  }

  /** Begins a test of several components together. */
  public Wiring wire(Component<?>... components) {
    checkRegistered();
    Wiring wiring = new Wiring(List.of(components), taken);
    checks.get().add(wiring::check);
    return wiring;
  }

  /** Else a test that looked at nothing would pass, and nobody would know. */
  private void checkRegistered() {
    if (!registered) {
      throw Misuse.of(
          "JUnit does not know of this kit, so nothing would fail on what a test did not look at;"
              + " write @RegisterExtension static final Testkit KIT = Testkit.create();"
              + " (static, of org.junit.jupiter.api.extension)");
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    registered = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<Runnable> mine = List.copyOf(checks.get());
    checks.remove();
    if (context.getExecutionException().isEmpty()) {
      mine.forEach(Runnable::run);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    String missed = taken.missed();
    if (untaken == Untaken.OFF || missed.isEmpty()) {
      return;
    }
    String told = "no test of " + context.getDisplayName() + " took all of\n" + missed;
    if (untaken == Untaken.FAIL) {
      throw new AssertionFailedError(told);
    }
    LOG.warn(told);
    context.publishReportEntry("onewrite-untaken", missed);
  }
}
