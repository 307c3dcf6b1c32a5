package dev.onewrite.testkit;

/** What of a turn a test has to look at, or to say that it does not. */
public enum Part {
  EMITS("emit", "emits(...)"),
  SENDS("send", "sends(...)"),
  ACTIVITIES("activity", "invokes(...)"),
  TIMERS("timer", "timer(...)"),
  REPLY("reply", "replies(...)");

  private final String noun;
  private final String look;

  Part(String noun, String look) {
    this.noun = noun;
    this.look = look;
  }

  String noun() {
    return noun;
  }

  String look() {
    return look;
  }
}
