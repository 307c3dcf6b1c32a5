package dev.onewrite.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The context of an audit entity: of each form, the revisions as they came. Whatever comes twice or
 * late is here twice or late; nothing is put right.
 */
record Trail(Map<String, List<Integer>> revisions) {

  Trail {
    revisions = Map.copyOf(revisions);
  }

  static Trail empty() {
    return new Trail(Map.of());
  }

  Trail and(String form, int revision) {
    Map<String, List<Integer>> next = new LinkedHashMap<>(revisions);
    next.merge(
        form,
        List.of(revision),
        (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    return new Trail(next);
  }

  /** How many revisions of all forms it has heard of. */
  int size() {
    return revisions.values().stream().flatMapToInt(all -> IntStream.of(all.size())).sum();
  }
}
