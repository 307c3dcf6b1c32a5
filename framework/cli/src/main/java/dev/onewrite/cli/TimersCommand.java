package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.Address;
import dev.onewrite.spi.PendingTimer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite timers}. */
@CommandLine.Command(
    name = "timers",
    mixinStandardHelpOptions = true,
    description = "Prints the timers that are still to fire, as the index has them.")
final class TimersCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "ENTITY",
      converter = EntityArgument.class,
      description = "Only those of this entity.")
  private Optional<Address> entity = Optional.empty();

  @Override
  public Integer call() {
    List<Map<String, Object>> plain = new ArrayList<>();
    Optional<String> only = entity.map(Address::persistenceId);
    try (Inspection inspection = store.open()) {
      inspection.timers(
          timer -> {
            if (only.isEmpty() || only.get().equals(timer.persistenceId())) {
              if (output.isJson()) {
                plain.add(plain(timer));
              } else {
                output.line(
                    "%-24s  %s  %s".formatted(timer.due(), timer.persistenceId(), timer.timerId()));
              }
            }
          });
    }
    if (output.isJson()) {
      output.document(plain);
    }
    return Command.FINE;
  }

  private static Map<String, Object> plain(PendingTimer timer) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("entity", timer.persistenceId());
    plain.put("timer", timer.timerId());
    plain.put("due", timer.due().toString());
    plain.put("row", timer.row());
    return plain;
  }
}
