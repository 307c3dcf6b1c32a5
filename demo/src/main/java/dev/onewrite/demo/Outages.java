package dev.onewrite.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which outages a fleet has, in which order. The same for ever for one seed. */
final class Outages {

  /** 40 s: four times what the others need to give a silent node up. */
  private static final Duration STALL = Duration.ofSeconds(40);

  /** 3 s: longer than an entity waits before it tries its journal again for the third time. */
  private static final int DATABASE_AWAY_MILLIS_MAX = 3_000;

  private Outages() {}

  /** Kills and the stall in any order, then a rolling restart of all nodes. */
  static List<Outage> of(long seed, int nodes, int nodeKills, int databaseKills) {
    Random random = new Random(seed);
    List<Outage> all = new ArrayList<>();
    for (int i = 0; i < nodeKills; i++) {
      all.add(new Outage.NodeKilled(random.nextInt(nodes)));
    }
    for (int i = 0; i < databaseKills; i++) {
      all.add(
          new Outage.DatabaseKilled(Duration.ofMillis(random.nextInt(DATABASE_AWAY_MILLIS_MAX))));
    }
    if (nodeKills > 0) {
      all.add(new Outage.NodeStalled(random.nextInt(nodes), STALL));
    }
    Collections.shuffle(all, random);
    for (int node = 0; node < nodes; node++) {
      all.add(new Outage.NodeReplaced(node));
    }
    return List.copyOf(all);
  }
}
