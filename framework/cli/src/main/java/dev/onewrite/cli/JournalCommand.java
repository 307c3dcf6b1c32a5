package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;

/** {@code onewrite journal ENTITY}. */
@CommandLine.Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Prints the batches of one entity, oldest first.")
final class JournalCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();
  @CommandLine.Mixin private OneEntity entity = new OneEntity();

  @Override
  public Integer call() {
    Address address = entity.address();
    AtomicLong shown = new AtomicLong();
    try (Inspection inspection = store.open()) {
      if (output.isJson()) {
        List<Object> batches = new ArrayList<>();
        inspection.history(
            address, (number, batch) -> batches.add(Inspection.plain(number, batch)));
        output.document(batches);
        shown.set(batches.size());
      } else {
        BatchText text = new BatchText(output.out());
        inspection.history(
            address,
            (number, batch) -> {
              text.print(number, batch);
              shown.incrementAndGet();
            });
        output.line("%n%s: %,d batches".formatted(address, shown.get()));
      }
    }
    return shown.get() > 0 ? Command.FINE : Command.FOUND;
  }
}
