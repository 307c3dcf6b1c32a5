package dev.onewrite.demo;

import dev.onewrite.Committed;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.demo.FormMessage.Accepted;
import dev.onewrite.demo.FormMessage.SubmitForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Submits new forms at a steady rate and measures when each is answered and when it is audited. */
final class SteadyLoad {

  /*
   * All three moments are read on one clock, in the process that does the work. Both ends of "from
   * submit to audited" are seen from outside the entities and after the commit: the answer to the
   * submission, and the audit entity's committed state. What the way to the observer costs is
   * counted in, at both ends.
   */

  private static final Content CONTENT = new Content("Ada Berg", "Steady load", 100, "As agreed.");

  /** 60 s over what the load itself takes: whoever needs longer has lost something. */
  private static final int WITHIN_SECONDS = 60;

  private static final int DEPARTMENTS = 12;

  private final Onewrite onewrite;
  private final Component<FormMessage> forms;
  private final Map<String, Long> called = new ConcurrentHashMap<>();
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, Long> audited = new ConcurrentHashMap<>();

  SteadyLoad(Onewrite onewrite, Component<FormMessage> forms) {
    this.onewrite = onewrite;
    this.forms = forms;
  }

  /**
   * Runs the load to its end.
   *
   * @throws IllegalStateException if a form was not answered or not audited in time
   */
  Latencies run(Command.Measure load) throws InterruptedException {
    int all = load.warmUp() + load.forms();
    CountDownLatch done = new CountDownLatch(2 * all);
    List<AutoCloseable> observers = observe(all, done);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      AtomicInteger next = new AtomicInteger();
      var ticks =
          clock.scheduleAtFixedRate(
              () -> {
                int index = next.getAndIncrement();
                if (index < all) {
                  submit(index, done);
                }
              },
              0,
              TimeUnit.SECONDS.toNanos(1) / load.perSecond(),
              TimeUnit.NANOSECONDS);
      if (!done.await(all / load.perSecond() + WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "of "
                + all
                + " forms "
                + answered.size()
                + " were answered, "
                + audited.size()
                + " audited");
      }
      ticks.cancel(false);
    } finally {
      clock.shutdownNow();
      observers.forEach(SteadyLoad::end);
    }
    return latencies(load);
  }

  private static String form(int index) {
    return "load-" + index;
  }

  private static String department(int index) {
    return "load-" + index % DEPARTMENTS;
  }

  private List<AutoCloseable> observe(int all, CountDownLatch done) {
    Set<String> ledgers =
        IntStream.range(0, all)
            .mapToObj(index -> Audit.ledgerOf(department(index), form(index)))
            .collect(Collectors.toSet());
    List<AutoCloseable> observers = new ArrayList<>();
    for (String ledger : ledgers) {
      observers.add(
          onewrite
              .ref(Audit.COMPONENT, ledger)
              .observe(Trail.class, committed -> seen(committed, done)));
    }
    return observers;
  }

  private void seen(Committed<Trail> committed, CountDownLatch done) {
    long now = System.nanoTime();
    for (String form : committed.context().revisions().keySet()) {
      if (audited.putIfAbsent(form, now) == null) {
        done.countDown();
      }
    }
  }

  private void submit(int index, CountDownLatch done) {
    String form = form(index);
    Ref<FormMessage> ref = onewrite.ref(forms, form);
    called.put(form, System.nanoTime());
    ref.ask(new SubmitForm(department(index), CONTENT), Accepted.class)
        .thenRun(
            () -> {
              answered.put(form, System.nanoTime());
              done.countDown();
            });
  }

  private static void end(AutoCloseable observer) {
    try {
      observer.close();
    } catch (Exception e) {
      throw new IllegalStateException("an observer does not end", e);
    }
  }

  private Latencies latencies(Command.Measure load) {
    return new Latencies(
        load.perSecond(),
        load.forms(),
        spread(load, answered, audited),
        spread(load, called, answered),
        spread(load, called, audited));
  }

  private static Latencies.Spread spread(
      Command.Measure load, Map<String, Long> from, Map<String, Long> to) {
    return Latencies.Spread.ofNanos(
        IntStream.range(load.warmUp(), load.warmUp() + load.forms())
            .mapToObj(SteadyLoad::form)
            .mapToLong(form -> at(to, form) - at(from, form))
            .toArray());
  }

  private static long at(Map<String, Long> moments, String form) {
    Long moment = moments.get(form);
    if (moment == null) {
      throw new IllegalStateException(form + " was waited for and has no moment");
    }
    return moment;
  }
}
