package dev.onewrite.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told of commits of journal rows: what a {@link Store} keeps for its {@code onCommit}. */
public final class CommitListeners {

  private final List<Registration> registrations = new CopyOnWriteArrayList<>();
  private final Consumer<RuntimeException> onFailure;

  /**
   * Nobody, to begin with.
   *
   * @param onFailure told of what a listener threw: the commit stands, and it may have missed it
   */
  public CommitListeners(Consumer<RuntimeException> onFailure) {
    this.onFailure = onFailure;
  }

  /** Ends with what is returned. */
  public AutoCloseable add(Runnable listener) {
    Registration registration = new Registration(listener);
    registrations.add(registration);
    return () -> registrations.remove(registration);
  }

  /** Tells each of them; one that throws keeps nobody from hearing. */
  public void tell() {
    for (Registration registration : registrations) {
      try {
        registration.listener.run();
      } catch (RuntimeException e) {
        onFailure.accept(e);
      }
    }
  }

  /** Compared by identity: the same listener may be registered twice and ended once. */
  private static final class Registration {
    private final Runnable listener;

    Registration(Runnable listener) {
      this.listener = listener;
    }
  }
}
