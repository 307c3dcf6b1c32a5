package dev.onewrite.demo;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.cli.BatchText;
import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** {@code demo/run journal ENTITY}. */
@CommandLine.Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Prints the batches of one entity of the last run.")
final class JournalCommand implements Callable<Integer> {

  @CommandLine.ParentCommand private Demo demo = new Demo();

  @CommandLine.Parameters(
      paramLabel = "ENTITY",
      description = "For example form|form-42, or audit|parks-1.")
  private String entity = "";

  @Override
  public Integer call() {
    Path journal = new Workplace(demo.directory()).story().resolve("journal");
    if (!Files.isDirectory(journal)) {
      throw refused("there is no journal at " + journal + "; demo/run leaves one");
    }
    Address address;
    try {
      address = Address.ofPersistenceId(entity);
    } catch (RefusedException e) {
      throw refused(e.getMessage());
    }
    System.setProperty("onewrite.demo.log", "off"); // this is for reading, and reads only
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    return print(out, journal, address) ? Demo.PASSED : Demo.FAILED;
  }

  private static boolean print(PrintWriter out, Path journal, Address address) {
    AtomicInteger batches = new AtomicInteger();
    BatchText text = new BatchText(out);
    try (Inspection inspection =
        Onewrite.builder().durability("sqlite").directory(journal).inspect()) {
      inspection.history(
          address,
          (number, batch) -> {
            text.print(number, batch);
            batches.incrementAndGet();
          });
    }
    out.println();
    out.println(address + ": " + batches + " batches");
    return batches.get() > 0;
  }

  private static CommandLine.ParameterException refused(String reason) {
    return new CommandLine.ParameterException(new CommandLine(new JournalCommand()), reason);
  }
}
