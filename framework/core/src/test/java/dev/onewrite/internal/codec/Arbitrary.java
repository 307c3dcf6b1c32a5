package dev.onewrite.internal.codec;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.StoredState;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stored shapes at random, the same for the same seed. */
final class Arbitrary {

  private static final String[] TEXTS = {
    "a", "EDITING", "form-42", "Grüße", "世界", "😀", "x|y|z", " ", "line\nbreak", "x".repeat(200)
  };

  private final Random random;
  private final PayloadCodec payloads;

  Arbitrary(long seed, PayloadCodec payloads) {
    this.random = new Random(seed);
    this.payloads = payloads;
  }

  Batch batch() {
    return new Batch(
        cause(),
        some(this::payload),
        new Outcome(recorded(), maybe(this::payload)),
        some(this::outgoing),
        some(() -> new TimerSet(text(), maybe(this::text), time(), maybe(this::payload))),
        some(this::text),
        maybe(this::payload),
        maybe(this::text),
        time(),
        maybe(this::text));
  }

  StoredState state() {
    return new StoredState(
        number(),
        new Outcome(recorded(), payload()),
        position(),
        some(() -> new StoredState.Mark(id(), position(), maybe(this::text))),
        some(() -> new StoredState.Reply(text(), maybe(this::payload), fingerprint())),
        some(() -> new StoredState.Timer(text(), text(), payload())),
        some(this::text),
        fingerprint());
  }

  /** 0 stands for none. */
  private long fingerprint() {
    return random.nextInt(3) == 0 ? 0 : random.nextLong();
  }

  long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(24);
      case 1 -> random.nextInt(70_000);
      case 2 -> Long.MAX_VALUE - random.nextInt(3);
      default -> random.nextLong() & Long.MAX_VALUE;
    };
  }

  private Cause cause() {
    return switch (random.nextInt(4)) {
      case 0 -> new Cause.Delivered(id(), address(), position(), small(), position());
      case 1 -> new Cause.Requested(text(), fingerprint());
      case 2 -> new Cause.Fired(text());
      default -> new Cause.Completed(text());
    };
  }

  private Recorded recorded() {
    Map<String, List<String>> history = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      history.put(text(), some(this::text));
    }
    return new Recorded(
        text(),
        small(),
        some(this::text),
        history,
        some(() -> new Recorded.Timer(text(), maybe(this::text), text(), maybe(this::value))),
        some(() -> new Recorded.Activity(text(), text(), text())),
        number(),
        random.nextBoolean(),
        maybe(this::value));
  }

  private Outgoing outgoing() {
    return switch (random.nextInt(3)) {
      case 0 -> new Outgoing.Sent(id(), address(), payload());
      case 1 -> new Outgoing.Emitted(id(), payload());
      default -> new Outgoing.Invoked(id(), text(), text(), payload());
    };
  }

  private Object value() {
    return random.nextBoolean() ? new Text(text()) : new Line(text(), random.nextInt());
  }

  private Payload payload() {
    return payloads.encode(value());
  }

  private Address address() {
    return new Address(text().replace('|', '-'), text());
  }

  private Position position() {
    return new Position(number(), number(), small());
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Instant time() {
    return Instant.ofEpochMilli(random.nextLong() >> random.nextInt(40));
  }

  private int small() {
    return random.nextInt() >>> 1 >>> random.nextInt(31);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private <T> List<T> some(Supplier<T> one) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(one.get());
    }
    return all;
  }

  private <T> @Nullable T maybe(Supplier<T> one) {
    return random.nextBoolean() ? one.get() : null;
  }
}
