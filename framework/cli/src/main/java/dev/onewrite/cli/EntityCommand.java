package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.Address;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite entity ENTITY}. */
@CommandLine.Command(
    name = "entity",
    mixinStandardHelpOptions = true,
    description = "Prints the state that the batches of one entity come to.")
final class EntityCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();
  @CommandLine.Mixin private OneEntity entity = new OneEntity();

  @Override
  public Integer call() {
    Address address = entity.address();
    Optional<Map<String, Object>> state;
    try (Inspection inspection = store.open()) {
      state = inspection.state(address);
    }
    if (state.isEmpty()) {
      if (output.isJson()) {
        output.document(Map.of());
      } else {
        output.line(address + " has no history.");
      }
      return Command.FOUND;
    }
    if (output.isJson()) {
      output.document(state.get());
    } else {
      output.line(address.toString());
      state.get().forEach((what, value) -> output.line("    %-20s %s".formatted(what, value)));
    }
    return Command.FINE;
  }
}
