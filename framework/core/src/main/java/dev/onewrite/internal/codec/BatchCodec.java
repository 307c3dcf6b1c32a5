package dev.onewrite.internal.codec;

import dev.onewrite.component.Address;
import dev.onewrite.component.BrokenException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.TimerSet;
import dev.onewrite.spi.JournalRow;
import java.time.Instant;
import java.util.function.Function;

/**
 * A batch as the bytes of its journal row.
 *
 * <pre>
 *   [cause, [event...], outcome, [outgoing...], [timer...], [cancelled...],
 *    reply?, refusal?, at, trace?]
 *
 *   cause     [0, id, sender, position, index, stable] | [1, request id, fingerprint?] | [2, timer id]
 *             | [3, activity id]
 *   outcome   [machine, context?]
 *   outgoing  [0, id, to, payload] | [1, id, payload] | [2, id, activity id, name, payload]
 *   timer     [id, name?, due, payload?]
 *   payload   [type, version, bytes]
 *   position  transaction, ordering, redrive       ids are 16 bytes, times are milliseconds
 * </pre>
 */
public final class BatchCodec {

  /** What a row of this format is stored as. A new format gets a new number and this one stays. */
  public static final String MANIFEST = "batch/1";

  private static final int DELIVERED = 0;
  private static final int REQUESTED = 1;
  private static final int FIRED = 2;
  private static final int COMPLETED = 3;
  private static final int SENT = 0;
  private static final int EMITTED = 1;
  private static final int INVOKED = 2;

  private final RecordedCodec recorded;

  public BatchCodec(PayloadCodec payloads) {
    this(new RecordedCodec(payloads));
  }

  private BatchCodec(RecordedCodec recorded) {
    this.recorded = recorded;
  }

  /** One that needs no type: what a machine keeps as an object is left as its payload. */
  public static BatchCodec plain() {
    return new BatchCodec(RecordedCodec.plain());
  }

  public byte[] encode(String persistenceId, long sequenceNumber, Batch batch) {
    try (CborOut out = new CborOut()) {
      out.array(10);
      writeCause(out, batch.cause());
      out.list(batch.events(), out::payload);
      out.array(2);
      recorded.write(out, batch.outcome().machine());
      out.payload(batch.outcome().context()).end();
      out.list(batch.outgoings(), (Outgoing outgoing) -> writeOutgoing(out, outgoing));
      out.list(batch.timers(), (TimerSet timer) -> writeTimer(out, timer));
      out.list(batch.cancelled(), out::text);
      out.payload(batch.reply()).text(batch.refusal());
      out.number(batch.at().toEpochMilli()).text(batch.trace()).end();
      return Frame.seal(new Frame.Place(persistenceId, sequenceNumber, MANIFEST), out.bytes());
    }
  }

  /**
   * The batch of a row.
   *
   * @throws BrokenException OW201 if the row is damaged, OW205 if its format is newer
   */
  public Batch decode(JournalRow row) {
    return open(row, this::read);
  }

  /**
   * What a row sends on; needs no type to be registered, as it reads nothing of the machine.
   *
   * @throws BrokenException OW201 if the row is damaged, OW205 if its format is newer
   */
  public static Envelope envelope(JournalRow row) {
    return open(row, BatchCodec::readEnvelope);
  }

  private static <T> T open(JournalRow row, Function<CborIn, T> reader) {
    Frame.Place place = new Frame.Place(row.persistenceId(), row.sequenceNumber(), row.manifest());
    Frame.check(place, MANIFEST, row.payload());
    try (CborIn in = new CborIn(row.payload(), Frame.HEADER)) {
      T read = reader.apply(in);
      in.finish();
      return read;
    } catch (IllegalStateException | RefusedException e) { // the latter of a stored address
      throw new BrokenException("OW201", place + " is damaged: " + e.getMessage() + ".", e);
    }
  }

  private Batch read(CborIn in) {
    in.array();
    Cause cause = readCause(in);
    var events = in.list(in::payload);
    in.array();
    Outcome outcome = new Outcome(recorded.read(in), in.payloadOrNull());
    in.end();
    var outgoings = in.list(() -> readOutgoing(in));
    var timers = in.list(() -> readTimer(in));
    var cancelled = in.list(in::text);
    Batch batch =
        new Batch(
            cause,
            events,
            outcome,
            outgoings,
            timers,
            cancelled,
            in.payloadOrNull(),
            in.textOrNull(),
            Instant.ofEpochMilli(in.number()),
            in.textOrNull());
    in.end();
    return batch;
  }

  private static Envelope readEnvelope(CborIn in) {
    in.array();
    Cause cause = readCause(in);
    in.skip().skip(); // events, outcome
    var outgoings = in.list(() -> readOutgoing(in));
    var timers = in.list(() -> readTimer(in));
    var cancelled = in.list(in::text);
    in.skip(); // the reply
    boolean refused = in.textOrNull() != null;
    in.skip().skip().end(); // at, trace
    return new Envelope(cause, outgoings, timers, cancelled, refused);
  }

  public static void writeCause(CborOut out, Cause cause) {
    cause.match(
        delivered ->
            out.array(10)
                .number(DELIVERED)
                .id(delivered.id())
                .text(delivered.sender().persistenceId())
                .position(delivered.position())
                .number(delivered.index())
                .position(delivered.stable()),
        requested ->
            requested.fingerprint() == 0
                ? out.array(2).number(REQUESTED).text(requested.requestId())
                : out.array(3)
                    .number(REQUESTED)
                    .text(requested.requestId())
                    .number(requested.fingerprint()),
        fired -> out.array(2).number(FIRED).text(fired.timerId()),
        completed -> out.array(2).number(COMPLETED).text(completed.activityId()));
    out.end();
  }

  public static Cause readCause(CborIn in) {
    in.array();
    int kind = in.smallNumber();
    Cause cause =
        switch (kind) {
          case DELIVERED ->
              new Cause.Delivered(
                  in.id(),
                  Address.ofPersistenceId(in.text()),
                  in.position(),
                  in.smallNumber(),
                  in.position());
          case REQUESTED -> new Cause.Requested(in.text(), in.more() ? in.number() : 0);
          case FIRED -> new Cause.Fired(in.text());
          case COMPLETED -> new Cause.Completed(in.text());
          default -> throw new IllegalStateException("there is no cause " + kind);
        };
    in.end();
    return cause;
  }

  public static void writeOutgoing(CborOut out, Outgoing outgoing) {
    outgoing.match(
        sent ->
            out.array(4)
                .number(SENT)
                .id(sent.id())
                .text(sent.to().persistenceId())
                .payload(sent.payload()),
        emitted -> out.array(3).number(EMITTED).id(emitted.id()).payload(emitted.payload()),
        invoked ->
            out.array(5)
                .number(INVOKED)
                .id(invoked.id())
                .text(invoked.activityId())
                .text(invoked.name())
                .payload(invoked.payload()));
    out.end();
  }

  public static Outgoing readOutgoing(CborIn in) {
    in.array();
    int kind = in.smallNumber();
    Outgoing outgoing =
        switch (kind) {
          case SENT -> new Outgoing.Sent(in.id(), Address.ofPersistenceId(in.text()), in.payload());
          case EMITTED -> new Outgoing.Emitted(in.id(), in.payload());
          case INVOKED -> new Outgoing.Invoked(in.id(), in.text(), in.text(), in.payload());
          default -> throw new IllegalStateException("there is no outgoing " + kind);
        };
    in.end();
    return outgoing;
  }

  private static void writeTimer(CborOut out, TimerSet timer) {
    out.array(4).text(timer.id()).text(timer.name()).number(timer.due().toEpochMilli());
    out.payload(timer.payload()).end();
  }

  private static TimerSet readTimer(CborIn in) {
    in.array();
    TimerSet timer =
        new TimerSet(
            in.text(), in.textOrNull(), Instant.ofEpochMilli(in.number()), in.payloadOrNull());
    in.end();
    return timer;
  }
}
