package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.inspect.Finding;
import dev.onewrite.inspect.Verification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite verify}. */
@CommandLine.Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks the whole store, live or not: docs/verify.md says for what.")
final class VerifyCommand implements Callable<Integer> {

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Verification verification;
    try (Inspection inspection = store.open()) {
      verification = inspection.verify();
    }
    if (output.isJson()) {
      output.document(plain(verification));
    } else {
      print(verification);
    }
    return verification.isClean() ? Command.FINE : Command.FOUND;
  }

  private void print(Verification verification) {
    output.line(verification.store());
    verification.counted().forEach((what, n) -> output.line("%,12d  %s".formatted(n, what)));
    verification.unchecked().forEach(what -> output.line("not checked:  " + what));
    for (Finding finding : verification.findings()) {
      output.line("%s  %s: %s".formatted(finding.kind(), finding.where(), finding.text()));
    }
    int left = (int) (verification.found() - verification.findings().size());
    if (left > 0) {
      output.line("and %,d more".formatted(left));
    }
    long wrong = verification.found() - verification.warnings();
    output.line(
        (wrong == 0 ? "Nothing wrong was found." : "%,d findings.".formatted(wrong))
            + (verification.warnings() == 0
                ? ""
                : " %,d warnings.".formatted(verification.warnings())));
  }

  private static Map<String, Object> plain(Verification verification) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("store", verification.store());
    plain.put("clean", verification.isClean());
    plain.put("found", verification.found());
    plain.put("warnings", verification.warnings());
    plain.put("findings", verification.findings());
    plain.put("counted", verification.counted());
    plain.put("unchecked", verification.unchecked());
    return plain;
  }
}
