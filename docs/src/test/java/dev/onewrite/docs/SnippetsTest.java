package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The code in the documents is code that was compiled and run. A fenced block after {@code <!--
 * snippet: NAME -->} is the region between {@code // snippet: NAME} and {@code // end} of a source.
 */
final class SnippetsTest {

  private static final Pattern IN_DOCUMENT =
      Pattern.compile("<!-- snippet: ([\\w-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n");
  private static final Pattern IN_SOURCE =
      Pattern.compile(
          "(?m)^ *// snippet: ([\\w-]+)\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void snippet_inDocument_equalsItsSource() {
    Map<String, String> regions = regions();
    for (Path document : documents()) {
      Matcher blocks = IN_DOCUMENT.matcher(Repository.read(document));
      while (blocks.find()) {
        assertEquals(
            regions.get(blocks.group(1)),
            blocks.group(2),
            document + ", snippet " + blocks.group(1));
      }
    }
    assertFalse(regions.isEmpty(), "no source has a snippet");
  }

  @Test
  void javaBlock_inDocument_hasASource() {
    for (Path document : documents()) {
      String text = Repository.read(document);

      assertEquals(
          JAVA_BLOCK.matcher(text).results().count(),
          IN_DOCUMENT.matcher(text).results().count(),
          document + " has a java block that no source stands for");
    }
  }

  private static List<Path> documents() {
    return Repository.documents();
  }

  private static Map<String, String> regions() {
    Map<String, String> regions = new HashMap<>();
    for (Path source : Repository.sources()) {
      Matcher matcher = IN_SOURCE.matcher(Repository.read(source));
      while (matcher.find()) {
        regions.put(matcher.group(1), matcher.group(2).stripTrailing().stripIndent() + "\n");
      }
    }
    return regions;
  }
}
