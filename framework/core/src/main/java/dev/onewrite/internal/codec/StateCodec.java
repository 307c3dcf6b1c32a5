package dev.onewrite.internal.codec;

import dev.onewrite.component.BrokenException;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.StoredState;
import dev.onewrite.spi.SnapshotRow;

/**
 * A snapshot as the bytes of its row.
 *
 * <pre>
 *   [turns, machine, context, stable, [[id, position, refusal?]...], [[request id, reply?, fingerprint?]...],
 *    [[timer name, id, message]...], [activity id...], forgotten?]
 * </pre>
 */
public final class StateCodec {

  /** What a snapshot of this format is stored as. */
  public static final String MANIFEST = "state/1";

  private final RecordedCodec recorded;

  public StateCodec(PayloadCodec payloads) {
    this(new RecordedCodec(payloads));
  }

  private StateCodec(RecordedCodec recorded) {
    this.recorded = recorded;
  }

  /** One that needs no type: what a machine keeps as an object is left as its payload. */
  public static StateCodec plain() {
    return new StateCodec(RecordedCodec.plain());
  }

  public byte[] encode(String persistenceId, StoredState state) {
    try (CborOut out = new CborOut()) {
      out.array(state.forgotten() == 0 ? 10 : 11).number(state.turns());
      recorded.write(out, state.outcome().machine());
      out.payload(state.outcome().context()).position(state.stable());
      out.list(
          state.marks(),
          (StoredState.Mark mark) ->
              out.array(5).id(mark.id()).position(mark.position()).text(mark.refusal()).end());
      out.list(
          state.replies(),
          (StoredState.Reply reply) -> {
            out.array(reply.fingerprint() == 0 ? 2 : 3);
            out.text(reply.requestId()).payload(reply.payload());
            if (reply.fingerprint() != 0) {
              out.number(reply.fingerprint());
            }
            out.end();
          });
      out.list(
          state.timers(),
          (StoredState.Timer timer) ->
              out.array(3).text(timer.name()).text(timer.id()).payload(timer.payload()).end());
      out.list(state.invoked(), out::text);
      if (state.forgotten() != 0) {
        out.number(state.forgotten());
      }
      out.end();
      return Frame.seal(new Frame.Place(persistenceId, state.turns(), MANIFEST), out.bytes());
    }
  }

  /**
   * The state of a snapshot row.
   *
   * @throws BrokenException OW201 if it is damaged, OW205 if its format is newer
   */
  public StoredState decode(SnapshotRow row) {
    Frame.Place place = new Frame.Place(row.persistenceId(), row.sequenceNumber(), row.manifest());
    Frame.check(place, MANIFEST, row.payload());
    try (CborIn in = new CborIn(row.payload(), Frame.HEADER)) {
      in.array();
      StoredState state =
          new StoredState(
              in.number(),
              new Outcome(recorded.read(in), in.payloadOrNull()),
              in.position(),
              in.list(() -> mark(in)),
              in.list(() -> reply(in)),
              in.list(() -> timer(in)),
              in.list(in::text),
              in.more() ? in.number() : 0);
      in.end();
      in.finish();
      return state;
    } catch (IllegalStateException e) {
      throw new BrokenException("OW201", place + " is damaged: " + e.getMessage() + ".", e);
    }
  }

  private static StoredState.Mark mark(CborIn in) {
    in.array();
    StoredState.Mark mark = new StoredState.Mark(in.id(), in.position(), in.textOrNull());
    in.end();
    return mark;
  }

  private static StoredState.Timer timer(CborIn in) {
    in.array();
    StoredState.Timer timer = new StoredState.Timer(in.text(), in.text(), in.payload());
    in.end();
    return timer;
  }

  private static StoredState.Reply reply(CborIn in) {
    in.array();
    StoredState.Reply reply =
        new StoredState.Reply(in.text(), in.payloadOrNull(), in.more() ? in.number() : 0);
    in.end();
    return reply;
  }
}
