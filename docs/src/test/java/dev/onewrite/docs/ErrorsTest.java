package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every code has its heading in docs/errors.md, and every heading its code. */
final class ErrorsTest {

  private static final Pattern IN_CODE = Pattern.compile("\"(OW\\d{3})\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (OW\\d{3}) ");

  @Test
  void code_inSources_isExplained() {
    Set<String> missing = used();
    missing.removeAll(explained());

    assertEquals(Set.of(), missing, "used in code, without a heading in docs/errors.md");
  }

  @Test
  void heading_inErrors_isUsed() {
    Set<String> stale = explained();
    stale.removeAll(used());

    assertEquals(Set.of(), stale, "explained in docs/errors.md, used nowhere");
  }

  private static Set<String> used() {
    Set<String> codes = new TreeSet<>();
    for (Path path : Repository.mainSources()) {
      IN_CODE
          .matcher(Repository.read(path))
          .results()
          .map((MatchResult match) -> match.group(1))
          .forEach(codes::add);
    }
    return codes;
  }

  private static Set<String> explained() {
    Set<String> codes = new TreeSet<>();
    HEADING
        .matcher(Repository.read("docs/errors.md"))
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(codes::add);
    return codes;
  }
}
