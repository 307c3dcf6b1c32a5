package dev.onewrite.demo;

import dev.onewrite.demo.FormMessage.FormStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks a running application what its forms and its audit entities have come to. */
final class Inquiry implements Report.Reader {

  /**
   * 20 s, twice the longest pause between redeliveries, in which no further event is audited: what
   * is missing then is lost.
   */
  private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** 500 ms, five times the outbox's safety net, in which a doubled delivery may still come. */
  private static final long AFTERMATH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** 50 ms between two rounds of questions, so that they do not hold up what they wait for. */
  private static final long PAUSE_MILLIS = 50;

  private final App app;
  private final List<FormCase> cases;
  private final Progress progress;
  private final Map<String, Trail> trails = new TreeMap<>();
  private final Map<String, FormStatus> forms = new HashMap<>();
  private int outstanding;

  /**
   * What the application says.
   *
   * @param trails what each audit entity has heard, by its id
   * @param forms what each form has come to, by its id
   */
  record Testimony(Map<String, Trail> trails, Map<String, FormStatus> forms) {}

  Inquiry(App app, List<FormCase> cases, Progress progress) {
    this.app = app;
    this.cases = cases;
    this.progress = progress;
  }

  /** Waits until {@code events} are audited, or no more come, and reads everything. */
  Testimony hear(int events) throws InterruptedException {
    long stillSince = System.nanoTime();
    int before = -1;
    while (true) {
      readTrails();
      int audited = audited();
      long now = System.nanoTime();
      if (audited != before) {
        before = audited;
        stillSince = now;
      }
      progress.show("audited %d of %d events".formatted(audited, events));
      if (now - stillSince > (audited >= events ? AFTERMATH_NANOS : STILL_NANOS)) {
        break;
      }
      app.next(PAUSE_MILLIS).ifPresent(this::take);
    }
    readForms();
    return new Testimony(Map.copyOf(trails), Map.copyOf(forms));
  }

  private int audited() {
    return trails.values().stream().mapToInt(Trail::size).sum();
  }

  private void readTrails() throws InterruptedException {
    TreeSet<String> ledgers = new TreeSet<>();
    cases.forEach(form -> ledgers.add(Audit.ledgerOf(form.department(), form.form())));
    for (String ledger : ledgers) {
      outstanding++;
      app.send(new Command.Trace("trace/" + ledger, ledger));
    }
    collect();
  }

  private void readForms() throws InterruptedException {
    for (FormCase form : cases) {
      outstanding++;
      app.send(new Command.Show("show/" + form.form(), form.form()));
    }
    collect();
  }

  private void collect() throws InterruptedException {
    while (outstanding > 0) {
      Signal signal =
          app.next(TimeUnit.NANOSECONDS.toMillis(STILL_NANOS))
              .orElseThrow(() -> app.failed("does not answer questions"));
      take(signal);
    }
  }

  private void take(Signal signal) {
    if (signal instanceof Signal.Said said) {
      said.report().to(this);
    } else {
      throw app.failed("ended by itself");
    }
  }

  @Override
  public void traced(Report.Traced report) {
    outstanding--;
    trails.put(report.ledger(), report.trail());
  }

  @Override
  public void shown(Report.Shown report) {
    outstanding--;
    forms.put(report.form(), report.status());
  }

  @Override
  public void failed(Report.Failed report) {
    if (report.id().startsWith("trace/") || report.id().startsWith("show/")) {
      throw app.failed("does not answer " + report.id() + ": " + report.reason());
    }
  }
}
