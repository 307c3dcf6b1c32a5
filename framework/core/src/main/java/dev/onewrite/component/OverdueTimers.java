package dev.onewrite.component;

/** What happens to timers that came due while no node ran. */
public enum OverdueTimers {
  /** Each fires once, now. */
  FIRE,
  /** They are spent without effect; a batch of the entity says so. */
  SKIP
}
