package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node stands still until others have taken its work, and then goes on as if nothing were. */
@Tag("chaos")
final class ZombieTest {

  @TempDir Path folder;

  @Test
  void node_thatComesBackBesideItsSuccessor_doublesNothing() throws Exception {
    Plan plan = new Plan(1, 300, List.of(new Fault.Zombie(1_000), new Fault.Zombie(1_000)));
    try (Stage stage = Stage.Postgres.alone(folder)) {
      Outcome outcome = Outcome.of(stage, plan);

      outcome.assertAsItMust();
      assertTrue(outcome.dropped() > 0, "the two were never at the same message");
    }
  }

  @Test
  void node_thatComesBackToAClusterThatGaveItUp_doublesNothingAndLeaves() throws Exception {
    Plan plan = new Plan(2, 300, List.of(new Fault.Stall(6_000))); // 36 s in a cluster
    try (Stage stage = Stage.Postgres.cluster(folder, 3)) {
      Outcome outcome = Outcome.of(stage, plan);

      outcome.assertAsItMust();
      assertEquals(1, outcome.record().struck().get(Campaign.GIVEN_UP));
    }
  }
}
