package dev.onewrite.rig;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs under random faults. {@code -Donewrite.rig.seed=N} runs a seed again, {@code
 * -Donewrite.rig=long} more of everything.
 */
@Tag("chaos")
final class RigTest {

  @TempDir Path folder;

  /** How much of it: of 5,000 programs and 30 faults, or of 100,000 and 200. */
  private static int share(int ofCi, int ofLong) {
    return switch (System.getProperty("onewrite.rig", "ci")) {
      case "long" -> ofLong;
      default -> ofCi;
    };
  }

  @Test
  void programs_onSqlite_endAsTheyMust() throws Exception {
    try (Stage stage = new Stage.Sqlite(folder)) {
      run(stage, share(2_400, 50_000), share(14, 90));
    }
  }

  @Test
  void programs_onPostgres_endAsTheyMust() throws Exception {
    try (Stage stage = Stage.Postgres.alone(folder)) {
      run(stage, share(1_600, 30_000), share(9, 70));
    }
  }

  @Test
  void programs_onThreeNodes_endAsTheyMust() throws Exception {
    try (Stage stage = Stage.Postgres.cluster(folder, 3)) {
      run(stage, share(1_000, 20_000), share(7, 40));
    }
  }

  private static void run(Stage stage, int programs, int faults) throws Exception {
    String given = System.getProperty("onewrite.rig.seed", "");
    long seed = given.isEmpty() ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    Outcome outcome =
        Outcome.of(stage, new Plan(seed, programs, Fault.schedule(seed, faults, stage.kinds())));

    outcome.assertAsItMust();
    outcome.assertBitten();
  }
}
