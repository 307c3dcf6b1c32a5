package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import dev.onewrite.component.RefusedException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses keys that nobody reads: most are a slip of the pen, and its default would hold instead.
 */
final class KnownKeys {

  /** Explained in reference.conf without a default. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of("postgres.url", "postgres.user", "postgres.password");

  /** Read by Pekko, which has keys of its own. */
  private static final String PEKKO = "pekko.";

  private KnownKeys() {}

  /**
   * Checks all keys under {@code onewrite}, but for system properties: a JVM's may be anybody's.
   *
   * @param stores names of stores: what is under the name of one that has no reference.conf is its
   * @throws RefusedException OW504 for the first that is not known
   */
  static void check(Config onewrite, Set<String> stores) {
    Config reference = ConfigFactory.defaultReference().getConfig("onewrite");
    Set<String> known = new TreeSet<>(WITHOUT_DEFAULT);
    reference.entrySet().forEach(entry -> known.add(entry.getKey()));
    for (Map.Entry<String, ConfigValue> entry : onewrite.entrySet()) {
      String key = entry.getKey();
      int dot = key.indexOf('.');
      String first = dot < 0 ? "" : key.substring(0, dot);
      boolean foreign =
          key.startsWith(PEKKO)
              || (stores.contains(first) && !reference.hasPath(first))
              || entry.getValue().origin().description().contains("system properties");
      if (!foreign && !known.contains(key)) {
        throw unknown(key, entry.getValue(), known);
      }
    }
  }

  private static RefusedException unknown(String key, ConfigValue value, Set<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(other -> distance(key, other))).orElse("");
    return new RefusedException(
        "OW504",
        "There is no key onewrite."
            + key
            + " ("
            + value.origin().description()
            + "); the nearest is onewrite."
            + nearest
            + ". The node did not start: what was meant would not have been done. reference.conf"
            + " has every key.");
  }

  /** How many letters have to be added, taken out or changed. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
