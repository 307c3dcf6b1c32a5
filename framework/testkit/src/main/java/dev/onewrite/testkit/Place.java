package dev.onewrite.testkit;

/** The places at which a process could die; each stands between two things that are durable. */
public enum Place {
  BEFORE_COMMIT("before the commit"),
  AFTER_COMMIT("after the commit"),
  BEFORE_DELIVERY("before the delivery"),
  BEFORE_ACKNOWLEDGEMENT("before the acknowledgement"),
  AFTER_ACKNOWLEDGEMENT("after the acknowledgement"),
  BEFORE_OFFSET("before the offset"),
  AFTER_OFFSET("after the offset"),
  BEFORE_CALL("before the call"),
  AFTER_CALL("after the call"),
  BEFORE_TIMER("before the timer"),
  AFTER_TIMER("after the timer");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
