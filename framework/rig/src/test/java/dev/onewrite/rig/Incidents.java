package dev.onewrite.rig;

import dev.onewrite.component.Incident;
import dev.onewrite.rig.Counters.Count;

/** What a node tells of itself, counted. */
final class Incidents {

  private Incidents() {}

  static void count(Incident incident, Counters counters) {
    if (incident instanceof Incident.Redelivered) {
      counters.add(Count.REDELIVERED);
    } else if (incident instanceof Incident.PersistFailed) {
      counters.set(Count.IN_FLIGHT, 0);
      counters.add(Count.UNKNOWN);
    }
  }
}
