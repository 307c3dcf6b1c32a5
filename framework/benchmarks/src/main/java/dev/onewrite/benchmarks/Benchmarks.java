package dev.onewrite.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks as JMH's own main does, then prints medians as a table for the documents, and how
 * busy the machine was.
 */
public final class Benchmarks {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    CommandLineOptions options = new CommandLineOptions(args);
    if (onlyAsks(options)) {
      Main.main(args);
      return;
    }
    double loadBefore = load();
    Collection<RunResult> results = new Runner(options).run();
    System.out.printf(
        Locale.ROOT,
        "%n%sSystem load %.1f before, %.1f after, on %d processors.%n",
        table(results),
        loadBefore,
        load(),
        Runtime.getRuntime().availableProcessors());
  }

  private static boolean onlyAsks(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Medians over all iterations of all forks. */
  private static String table(Collection<RunResult> results) {
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | median | lowest .. highest | bytes |\n");
    table.append("| --- | ---: | ---: | ---: |\n");
    for (RunResult each : results) {
      Result<?> time = each.getPrimaryResult();
      String name = each.getParams().getBenchmark();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f %s | %,.0f .. %,.0f | %s |\n",
              name.substring(Benchmarks.class.getPackageName().length() + 1),
              median(time),
              time.getScoreUnit(),
              time.getStatistics().getMin(),
              time.getStatistics().getMax(),
              bytes(each)));
    }
    return table.toString();
  }

  private static String bytes(RunResult run) {
    return run.getSecondaryResults().values().stream()
        .filter(result -> result.getLabel().endsWith(ALLOCATION))
        .map(result -> String.format(Locale.ROOT, "%,.0f", median(result)))
        .findFirst()
        .orElse("not measured");
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }
}
