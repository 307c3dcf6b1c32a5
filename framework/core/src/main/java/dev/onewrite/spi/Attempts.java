package dev.onewrite.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a message so far.
 *
 * @param made attempts that ended without taking effect, for whatever reason
 * @param failed those of them that the receiver answered with a failure, since the last redrive
 */
public record Attempts(int made, int failed, @Nullable Note first, @Nullable Note last) {

  public static final Attempts NONE = new Attempts(0, 0, null, null);

  /** What happened, or what somebody did, and when; of a long text the beginning. */
  public record Note(Instant at, String text) {

    /** 1,000 characters. A reason is for people; the log has the stack. */
    public static final int TEXT_MAX = 1_000;

    public Note {
      at = Instant.ofEpochMilli(at.toEpochMilli()); // what is stored
      text = shortened(text);
    }

    /** What of a text every store takes. */
    public static String shortened(String text) {
      String kept = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
      // Half a character at the end becomes a question mark; no database takes it, nor a NUL.
      return new String(kept.replace('\0', ' ').getBytes(UTF_8), UTF_8);
    }
  }

  /** One more, that the receiver answered with a failure. */
  public Attempts failed(Note note) {
    return new Attempts(made + 1, failed + 1, first == null ? note : first, note);
  }

  /** One more, that nobody answered. */
  public Attempts silent(Note note) {
    return new Attempts(made + 1, failed, first == null ? note : first, note);
  }

  /** Whichever knows of more. */
  public Attempts or(Attempts other) {
    return other.made > made ? other : this;
  }

  /** What was done so far counts no more against the message; it is not forgotten. */
  public Attempts anew() {
    return new Attempts(made, 0, first, last);
  }
}
