package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.spi.FaultPoint;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story in small: real processes, really killed. */
final class TrialTest {

  /** 20: some 60 steps, enough to still have work when the fifth incarnation begins. */
  private static final int FORMS = 20;

  @TempDir Path directory;

  @Test
  void twentyForms_killedAtEachPointAndOnceWhileStarting_areAuditedOnceInOrder() throws Exception {
    Path file = Path.of(System.getProperty("onewrite.root", ".."), "demo", "forms.jsonl");
    Intake intake;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      intake = Intake.read(in, FORMS, complaint -> {});
    }
    List<Kill> kills =
        List.of(
            new Kill.AtPoint(FaultPoint.BEFORE_COMMIT, 3),
            new Kill.AtPoint(FaultPoint.AFTER_COMMIT, 3),
            new Kill.AtPoint(FaultPoint.BEFORE_ACKNOWLEDGEMENT, 3),
            new Kill.AtPoint(FaultPoint.BEFORE_OFFSET, 1),
            new Kill.AtRandom(true, Duration.ofMillis(500)));
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);

    Verdict verdict =
        new Trial(new Workplace(directory), new Progress(nowhere, false), 8).run(intake, 1, kills);

    assertEquals(List.of(), verdict.reasons());
    assertEquals(FORMS, verdict.evidence().findings().audited());
    assertEquals(5, verdict.outcome().killed());
  }
}
