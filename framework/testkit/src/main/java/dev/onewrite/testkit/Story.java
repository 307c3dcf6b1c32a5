package dev.onewrite.testkit;

import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.machine.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happened in a test so far, for the message of a failure. */
final class Story {

  /** 40. The last turns explain a failure; a thousand before them hide it. */
  private static final int LINES_OF = 40;

  /** 6. So many turns before a death and after it explain it. */
  private static final int AROUND = 6;

  private final List<String> chapters = new ArrayList<>();
  private final List<Integer> deaths = new ArrayList<>();
  private final boolean told;

  Story() {
    this(true);
  }

  /** One that may stay untold, as most runs of a drill do. */
  Story(boolean told) {
    this.told = told;
  }

  void add(Turned turned, PayloadCodec payloads) {
    if (!told) {
      return;
    }
    StringBuilder chapter = new StringBuilder();
    chapter.append(turned.entity()).append(" at ").append(spoken(turned.elapsed())).append(", ");
    chapter.append(turned.message());
    for (Made made : turned.steps()) {
      chapter.append("\n       ").append(shown(made));
    }
    if (turned.batch() != null) {
      Fact.of(turned.batch(), payloads).forEach(fact -> chapter.append("\n       ").append(fact));
    } else if (turned.failure() != null) {
      chapter.append("\n       failed: ").append(turned.failure());
      chapter.append("\n       nothing of the turn is journaled");
    } else {
      chapter.append("\n       nothing is journaled: a question, or dealt with before");
      if (turned.reply() != null) {
        chapter.append("\n       reply ").append(Unread.orValue(turned.reply(), payloads));
      }
    }
    chapter.append("\n       leaves ").append(turned.states()).append(' ').append(turned.context());
    chapters.add(chapter.toString());
  }

  void add(String line) {
    if (told) {
      chapters.add(line);
    }
  }

  /** The process dies here. */
  void addDeath(String line) {
    if (told) {
      deaths.add(chapters.size());
      chapters.add(line);
    }
  }

  private static String shown(Made made) {
    if (!made.step().taken()) {
      return "not taken: " + made.trigger();
    }
    String ids =
        made.step().transitions().stream().map(Transition::id).collect(Collectors.joining(", "));
    return made.trigger()
        + (ids.isEmpty() ? "" : " takes " + ids)
        + " -> "
        + made.step().snapshot().leaves();
  }

  /** 30s, 1h5m, 250ms: what people write. */
  static String spoken(Duration delay) {
    if (delay.isZero()) {
      return "0s";
    }
    if (delay.abs().toMillis() < 1_000) {
      return delay.toMillis() + "ms";
    }
    return delay.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** One under the other, where "found:" is in front of the first. */
  static String lines(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining("\n           "));
  }

  @Override
  public String toString() {
    StringBuilder story = new StringBuilder("What happened:");
    boolean skipped = false;
    for (int i = 0; i < chapters.size(); i++) {
      if (!isShown(i)) {
        skipped = true;
        continue;
      }
      if (skipped) {
        story.append("\n  ...");
        skipped = false;
      }
      story.append("\n  ").append(i + 1).append(". ").append(chapters.get(i));
    }
    return story.append(skipped ? "\n  ..." : "").toString();
  }

  private boolean isShown(int chapter) {
    return deaths.isEmpty()
        ? chapter >= chapters.size() - LINES_OF
        : deaths.stream().anyMatch(death -> Math.abs(death - chapter) <= AROUND);
  }
}
