package dev.onewrite.gateway;

import java.util.HashMap;
import java.util.Map;

/** How many event streams are open, in all and of each client. */
final class StreamCount {

  private final int max;
  private final int perClientMax;
  private final Map<String, Integer> open = new HashMap<>();
  private int all;

  StreamCount(int max, int perClientMax) {
    this.max = max;
    this.perClientMax = perClientMax;
  }

  /** Whether {@code client} may have one more; if so it has it, until {@link #close}. */
  synchronized boolean open(String client) {
    int own = open.getOrDefault(client, 0);
    if (all >= max || own >= perClientMax) {
      return false;
    }
    all++;
    open.put(client, own + 1);
    return true;
  }

  synchronized void close(String client) {
    all--;
    open.computeIfPresent(client, (name, own) -> own == 1 ? null : own - 1);
  }
}
