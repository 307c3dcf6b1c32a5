package dev.onewrite.internal.codec;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Text;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.StoredState;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.machine.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the golden files hold. Neither these values nor the files are ever changed. */
final class GoldenValues {

  static final long SEQUENCE_NUMBER = 7;

  private GoldenValues() {}

  private static UUID id(int last) {
    return new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0000L + last);
  }

  private static Recorded recorded() {
    return new Recorded(
        "form",
        2,
        List.of("SAVING", "VALID"),
        Map.of("BACK", List.of("EDITING")),
        List.of(
            new Recorded.Timer("SAVING#3/after-0", "SAVING", "after-0", null),
            new Recorded.Timer("nag#4", null, "nag", new Text("still there?"))),
        List.of(new Recorded.Activity("SAVING#3/save", "SAVING", "save")),
        4,
        true,
        new Text("done"));
  }

  static Batch batch(PayloadCodec payloads) {
    return new Batch(
        new Cause.Delivered(
            id(1), new Address("shop", "s|1"), new Position(5, 70_000, 1), 3, Position.of(4, 9)),
        List.of(payloads.encode(new Text("saved"))),
        new Outcome(recorded(), payloads.encode(new Line("nut", -3))),
        List.of(
            new Outgoing.Sent(
                id(2), new Address("audit", "all"), payloads.encode(new Text("to one"))),
            new Outgoing.Emitted(id(3), payloads.encode(new Text("to all"))),
            new Outgoing.Invoked(
                id(4), "SAVING#3/save", "save", payloads.encode(new Text("to save")))),
        List.of(
            new TimerSet("SAVING#3/after-0", null, Instant.parse("2026-01-01T00:00:30.250Z"), null),
            new TimerSet(
                "nag#4.0", "nag", Instant.EPOCH, payloads.encode(new Text("still there?")))),
        List.of("EDITING#1/after-0"),
        payloads.encode(new Text("Grüße 😀")),
        "[OW106] no",
        Instant.parse("2026-01-01T00:00:00.250Z"),
        "00-0af7-01");
  }

  static StoredState state(PayloadCodec payloads) {
    return new StoredState(
        SEQUENCE_NUMBER,
        new Outcome(recorded(), payloads.encode(new Line("nut", -3))),
        Position.of(4, 9),
        List.of(
            new StoredState.Mark(id(1), new Position(5, 70_000, 1), null),
            new StoredState.Mark(id(2), Position.of(5, 70_001), "[OW106] no")),
        List.of(
            new StoredState.Reply("r-1", payloads.encode(new Text("one")), 0),
            new StoredState.Reply("r-2", null, 0)),
        List.of(new StoredState.Timer("nag", "nag#4.0", payloads.encode(new Text("well?")))),
        List.of("invoked#4.0"),
        0);
  }
}
