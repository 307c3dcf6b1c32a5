package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules that a formatter does not know. */
final class TidyTest {

  private static final int LINE_MAX = 120; // 100 for code; texts and tables may need a little more
  private static final int FILE_MAX = 400;

  @Test
  void line_tooLong_isNamed() {
    assertNone(Repository.sources(), line -> line.length() > LINE_MAX, "longer than " + LINE_MAX);
  }

  @Test
  void mainFile_tooLong_isNamed() {
    List<String> found = new ArrayList<>();
    for (Path path : Repository.mainSources()) {
      long lines = Repository.read(path).lines().count();
      if (lines > FILE_MAX) {
        found.add(path + " has " + lines + " lines, more than " + FILE_MAX);
      }
    }

    assertEquals(List.of(), found);
  }

  @Test
  void wildcardImport_anywhere_isNamed() {
    Pattern wildcard = Pattern.compile("^import (static )?[\\w.]+\\.\\*;");
    assertNone(Repository.sources(), line -> wildcard.matcher(line).find(), "a wildcard import");
  }

  @Test
  void sleepOrDisabledTest_anywhere_isNamed() {
    Pattern sleep = Pattern.compile("Thread\\.sle" + "ep\\(|TimeUnit\\.\\w+\\.sle" + "ep\\(");
    Pattern disabled = Pattern.compile("^\\s*@Dis" + "abled");
    assertNone(Repository.sources(), line -> sleep.matcher(line).find(), "a sleep for a condition");
    assertNone(Repository.sources(), line -> disabled.matcher(line).find(), "a disabled test");
  }

  @Test
  void wallClock_inMainOutsideTheClock_isNamed() {
    Pattern clock = Pattern.compile("Instant\\.now\\(\\)|LocalDateTime\\.now\\(\\)|new Date\\(\\)");
    assertNone(
        Repository.mainSources().stream()
            .filter(path -> !path.toString().contains("/demo/"))
            .toList(),
        line -> clock.matcher(line).find(),
        "the wall clock; it comes in as a value");
  }

  @Test
  void package_inMain_saysWhatItIs() {
    Set<Path> missing = new TreeSet<>();
    for (Path path : Repository.mainSources()) {
      if (!Files.exists(path.resolveSibling("package-info.java"))) {
        missing.add(path.getParent());
      }
    }

    assertEquals(Set.of(), missing);
  }

  @Test
  void sources_areFound() {
    assertTrue(Repository.mainSources().size() > 50, "the checks above looked at nothing");
  }

  @FunctionalInterface
  private interface Flaw {
    boolean in(String line);
  }

  private static void assertNone(List<Path> files, Flaw flaw, String what) {
    List<String> found = new ArrayList<>();
    for (Path path : files) {
      int number = 0;
      for (String line : Repository.read(path).lines().toList()) {
        number++;
        if (flaw.in(line)) {
          found.add(path + ":" + number + " " + what);
        }
      }
    }
    assertEquals(List.of(), found);
  }
}
