package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.Address;
import dev.onewrite.spi.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code onewrite parked redrive SENDER RECEIVER}. */
@CommandLine.Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description =
        "Lets the parked messages of a sequence be delivered again, in their order. Mend first what"
            + " made them fail.")
final class RedriveCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "SENDER",
      converter = EntityArgument.class,
      description = "component|entityId")
  private @Nullable Address sender;

  @CommandLine.Parameters(
      index = "1",
      paramLabel = "RECEIVER",
      converter = EntityArgument.class,
      description = "component|entityId")
  private @Nullable Address receiver;

  @Override
  public Integer call() {
    Address to = Objects.requireNonNull(receiver);
    Sequence sequence = new Sequence(to.component(), Objects.requireNonNull(sender), to);
    int redriven;
    try (Inspection inspection = store.open()) {
      redriven = inspection.waiting().redrive(sequence);
    }
    if (output.isJson()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("sender", sequence.sender().toString());
      plain.put("receiver", to.toString());
      plain.put("redriven", redriven);
      output.document(plain);
    } else {
      output.line("%,d messages are to be delivered again.".formatted(redriven));
    }
    return redriven > 0 ? Command.FINE : Command.FOUND;
  }
}
