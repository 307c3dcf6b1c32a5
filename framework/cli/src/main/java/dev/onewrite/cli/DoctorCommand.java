package dev.onewrite.cli;

import dev.onewrite.inspect.Check;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite doctor}. */
@CommandLine.Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks configuration and store as a start would, without starting a node.")
final class DoctorCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @Override
  public Integer call() {
    List<Check> checks = store.builder().check();
    if (output.isJson()) {
      output.document(checks);
    } else {
      checks.forEach(
          check ->
              output.line(
                  "%-4s %s: %s"
                      .formatted(check.fine() ? "ok" : "BAD", check.what(), check.text())));
    }
    return checks.stream().allMatch(Check::fine) ? Command.FINE : Command.FOUND;
  }
}
