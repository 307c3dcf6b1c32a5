package dev.onewrite.component;

/** What happens to timers that came due while no node ran. */
public enum OverdueTimers {
  /** Each fires once, now. */
  FIRE,
  /**
   * They are spent without effect; a batch of the entity says so. In a cluster the first node that
   * runs again does so; one that joins it, as in a rolling release, fires what it finds late.
   */
  SKIP
}
