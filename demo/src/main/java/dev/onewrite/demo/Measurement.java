package dev.onewrite.demo;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Latencies at a steady rate, in an application of its own that nobody kills. */
final class Measurement implements Report.Reader {

  /** The rate at which the project promises a median. */
  static final int FORMS_PER_SECOND = 100;

  private static final int SECONDS = 5;
  private static final int WARM_UP_SECONDS = 3;

  /** 2 minutes: far longer than the load, its warm-up and a slow start together. */
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Workplace workplace;
  private final Progress progress;
  private final int perSecond;
  private @Nullable Latencies latencies;
  private boolean ready;

  Measurement(Workplace workplace, Progress progress, int perSecond) {
    this.workplace = workplace;
    this.progress = progress;
    this.perSecond = perSecond;
  }

  Latencies run() throws IOException, InterruptedException {
    Workplace.empty(workplace.steady());
    try (RegistryServer registry = RegistryServer.start(RegistryServer.Temper.QUICK, 0);
        App app = App.start(Place.alone(workplace.steady(), registry.uri()), null)) {
      await(app, () -> ready);
      app.send(
          new Command.Measure(
              "measure", perSecond, WARM_UP_SECONDS * perSecond, SECONDS * perSecond));
      await(app, () -> latencies != null);
      app.stop();
      return Optional.ofNullable(latencies).orElseThrow();
    }
  }

  private void await(App app, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + WITHIN_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw app.failed("has not measured within two minutes");
      }
      progress.show("measuring at %d forms a second".formatted(perSecond));
      Optional<Signal> signal = app.next(100);
      if (signal.isPresent() && signal.get() instanceof Signal.Said said) {
        said.report().to(this);
      } else if (signal.isPresent()) {
        throw app.failed("ended by itself");
      }
    }
  }

  @Override
  public void ready(Report.Ready report) {
    ready = true;
  }

  @Override
  public void measured(Report.Measured report) {
    latencies = report.latencies();
  }

  @Override
  public void failed(Report.Failed report) {
    throw new IllegalStateException("the application could not measure: " + report.reason());
  }

  Table table(Latencies measured) {
    return new Table()
        .row(
            "submit to audited",
            median(measured.committedToAudited()),
            rest(measured.committedToAudited()) + "; commit to commit")
        .row(
            "call to answer",
            median(measured.calledToAnswered()),
            rest(measured.calledToAnswered())
                + "; with %s at the registry".formatted(RegistryServer.Temper.QUICK))
        .row(
            "call to audited",
            median(measured.calledToAudited()),
            rest(measured.calledToAudited())
                + "; %,d forms at %d a second, after %d s to warm up, no kills"
                    .formatted(measured.forms(), measured.perSecond(), WARM_UP_SECONDS));
  }

  private static String median(Latencies.Spread spread) {
    return "%.2f ms".formatted(spread.median());
  }

  private static String rest(Latencies.Spread spread) {
    return "median; p99 %.2f ms, longest %.2f ms".formatted(spread.p99(), spread.longest());
  }
}
