package dev.onewrite.inspect;

import java.util.List;
import java.util.Map;

/**
 * What a check of a store came to.
 *
 * @param store which store it was
 * @param findings the first {@value #FINDINGS_MAX} of what is wrong
 * @param found how many there were in all
 * @param warnings how many of these are {@linkplain Finding.Kind#isWarning warnings}
 * @param counted how much of each thing was looked at
 * @param unchecked what could not be checked, and why, in words
 */
public record Verification(
    String store,
    List<Finding> findings,
    long found,
    long warnings,
    Map<String, Long> counted,
    List<String> unchecked) {

  /** 1,000: one damage may break many things, and nobody reads more. */
  public static final int FINDINGS_MAX = 1_000;

  public Verification {
    findings = List.copyOf(findings);
    unchecked = List.copyOf(unchecked);
  }

  /** Whether nothing is wrong with what was looked at; there may be warnings. */
  public boolean isClean() {
    return found == warnings;
  }
}
