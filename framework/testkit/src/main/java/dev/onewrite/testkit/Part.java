package dev.onewrite.testkit;

/** What of a turn a test has to look at, or to say that it does not. */
public enum Part {
  EMITS("emit", "emits(event)"),
  SENDS("send", "sends(address, message)"),
  ACTIVITIES("activity", "invokes(\"name\", input)"),
  TIMERS("timer", "timer(STATE, delay) or timer(\"name\", delay, message)"),
  REPLY("reply", "replies(reply)");

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
