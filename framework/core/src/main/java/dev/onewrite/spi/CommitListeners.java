package dev.onewrite.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of commits of journal rows: what a {@link Store} keeps for its {@code onCommit}. */
public final class CommitListeners {

  private static final Logger log = LoggerFactory.getLogger(CommitListeners.class);

  private final List<Registration> registrations = new CopyOnWriteArrayList<>();

  /** Ends with what is returned. */
  public AutoCloseable add(Runnable listener) {
    Registration registration = new Registration(listener);
    registrations.add(registration);
    return () -> registrations.remove(registration);
  }

  /** Tells each of them; one that throws is logged and keeps nobody from hearing. */
  public void tell() {
    for (Registration registration : registrations) {
      try {
        registration.listener.run();
      } catch (RuntimeException e) {
        log.warn("A commit listener threw. The commit stands; the listener may have missed it.", e);
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
