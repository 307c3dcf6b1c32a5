package dev.onewrite.internal.inspect;

import dev.onewrite.inspect.Finding;
import dev.onewrite.inspect.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been found and counted so far. */
final class Report {

  private final String store;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Long> counted = new LinkedHashMap<>();
  private final Set<String> unchecked = new LinkedHashSet<>();
  private long found;
  private long warnings;

  Report(String store) {
    this.store = store;
  }

  void find(Finding.Kind kind, String where, String text) {
    found++;
    warnings += kind.isWarning() ? 1 : 0;
    if (findings.size() < Verification.FINDINGS_MAX) {
      findings.add(new Finding(kind, where, text));
    }
  }

  void count(String what) {
    counted.merge(what, 1L, Long::sum);
  }

  void unchecked(String what) {
    unchecked.add(what);
  }

  Verification verification() {
    return new Verification(store, findings, found, warnings, counted, List.copyOf(unchecked));
  }
}
