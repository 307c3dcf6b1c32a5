package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The versions that the documents tell a user to write are those that the build pins. */
final class PomTest {

  private static final Pattern ARTIFACT =
      Pattern.compile(
          "<(?:dependency|plugin)>\\s*(?:<groupId>[^<]+</groupId>)?\\s*"
              + "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void version_inADocument_isTheOneThatTheBuildPins() {
    int seen = 0;
    for (var document : Repository.documents()) {
      Matcher artifacts = ARTIFACT.matcher(Repository.read(document));
      while (artifacts.find()) {
        seen++;
        assertEquals(
            pinned(artifacts.group(1)), artifacts.group(2), document + ", " + artifacts.group(1));
      }
    }
    assertTrue(seen > 5, "only " + seen + " artifacts are named in the documents");
  }

  private static String pinned(String artifact) {
    String pom = Repository.read("pom.xml");
    if (artifact.startsWith("onewrite-")) {
      return found(pom, "<artifactId>onewrite</artifactId>\\s*<version>([^<]+)</version>");
    }
    return found(pom, "<" + property(pom, artifact) + ">([^<]+)</");
  }

  /** JUnit's comes from its BOM, the logger's binding goes with the logger. */
  private static String property(String pom, String artifact) {
    return switch (artifact) {
      case "junit-jupiter" -> "junit.version";
      case "slf4j-simple" -> "slf4j.version";
      default ->
          found(
              pom,
              "<artifactId>"
                  + Pattern.quote(artifact)
                  + "</artifactId>\\s*<version>\\$\\{([^}]+)}</version>");
    };
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), "the build pins nothing like " + pattern);
    return matcher.group(1);
  }
}
