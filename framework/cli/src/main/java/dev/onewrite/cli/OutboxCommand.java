package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.inspect.Lag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite outbox}. */
@CommandLine.Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = "Prints how far each group is in which slices, as its workers would start now.")
final class OutboxCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<Lag> lags;
    try (Inspection inspection = store.open()) {
      lags = inspection.outbox();
    }
    if (output.isJson()) {
      output.document(lags.stream().map(OutboxCommand::plain).toList());
      return Command.FINE;
    }
    String row = "%-32s %-11s %-20s %-20s %12s  %s";
    output.line(row.formatted("group", "slices", "offset", "floor", "rows behind", "since"));
    for (Lag lag : lags) {
      output.line(
          row.formatted(
              lag.group(),
              lag.slices(),
              lag.offset(),
              lag.floor(),
              lag.behind(),
              lag.oldest().map(Instant::toString).orElse("")));
    }
    return Command.FINE;
  }

  private static Map<String, Object> plain(Lag lag) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("group", lag.group());
    plain.put("sliceFrom", lag.slices().from());
    plain.put("sliceTo", lag.slices().to());
    plain.put("offset", lag.offset().toString());
    plain.put("floor", lag.floor().toString());
    plain.put("behind", lag.behind());
    plain.put("oldest", lag.oldest().map(Instant::toString).orElse(null));
    return plain;
  }
}
