package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.CborIn;
import dev.onewrite.internal.codec.CborOut;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.jspecify.annotations.Nullable;

/**
 * Messages between nodes as CBOR, in the shapes of the journal. Values stay payloads: they are
 * decoded where a component wants them, into registered types.
 *
 * <pre>
 *   envelope    [to, kind, ...]
 *     deliver   cause, outgoing, last, row, reply to
 *     request   request id, payload, reply to
 *     fire      timer id, row, skip, reply to
 *     complete  activity id, row, payload, reply to
 *     inquire   activity id, row, reply to
 *     show      watcher
 *   delivered   [0, id, position, kind, reason] | [1, reason]
 *   reply       [payload?, kind?, code?, message?]
 *   settlement  [settled, reason]
 *   watching    [kind, entity, ...]
 *   hint        [node]
 * </pre>
 */
final class WireCodec {

  /**
   * 8,192 characters of a reason. It may hold text of the component's own, of any length, and a
   * message that is larger than a frame never arrives.
   */
  static final int REASON_MAX = 8_192;

  private static final int DELIVER = 0;
  private static final int REQUEST = 1;
  private static final int FIRE = 2;
  private static final int COMPLETE = 3;
  private static final int INQUIRE = 4;
  private static final int SHOW = 5;

  private static final int WATCH = 0;
  private static final int UNWATCH = 1;
  private static final int WATCHED = 2;
  private static final int SHOWN = 3;
  private static final int LOOKED = 4;

  private final ActorRefResolver refs;

  WireCodec(ActorRefResolver refs) {
    this.refs = refs;
  }

  void write(CborOut out, EntityRegion.Envelope envelope) {
    EntityMessage message = envelope.message();
    String to = envelope.to().persistenceId();
    if (message instanceof EntityMessage.Deliver deliver) {
      Delivery delivery = deliver.delivery();
      out.array(7).text(to).number(DELIVER);
      BatchCodec.writeCause(out, delivery.cause());
      BatchCodec.writeOutgoing(out, delivery.outgoing());
      out.flag(delivery.last()).number(delivery.row()).text(ref(deliver.replyTo()));
    } else if (message instanceof EntityMessage.Request request) {
      out.array(5).text(to).number(REQUEST).text(request.requestId()).payload(request.payload());
      out.text(ref(request.replyTo()));
    } else if (message instanceof EntityMessage.Fire fire) {
      out.array(6).text(to).number(FIRE).text(fire.timerId()).number(fire.row()).flag(fire.skip());
      out.text(ref(fire.replyTo()));
    } else if (message instanceof EntityMessage.Complete complete) {
      out.array(6).text(to).number(COMPLETE).text(complete.activityId()).number(complete.row());
      out.payload(complete.result()).text(ref(complete.replyTo()));
    } else if (message instanceof EntityMessage.Inquire inquire) {
      out.array(5).text(to).number(INQUIRE).text(inquire.activityId()).number(inquire.row());
      out.text(ref(inquire.replyTo()));
    } else {
      EntityMessage.Show show = (EntityMessage.Show) message;
      out.array(3).text(to).number(SHOW).text(refOrNull(show.watcher()));
    }
    out.end();
  }

  EntityRegion.Envelope envelope(CborIn in) {
    in.array();
    Address to = Address.ofPersistenceId(in.text());
    int kind = in.smallNumber();
    EntityMessage message =
        switch (kind) {
          case DELIVER -> deliver(to, in);
          case REQUEST -> new EntityMessage.Request(in.text(), in.payload(), ref(in));
          case FIRE -> new EntityMessage.Fire(in.text(), in.number(), in.flag(), ref(in));
          case COMPLETE ->
              new EntityMessage.Complete(in.text(), in.number(), in.payload(), ref(in));
          case INQUIRE -> new EntityMessage.Inquire(in.text(), in.number(), ref(in));
          case SHOW -> new EntityMessage.Show(refOrNull(in));
          default -> throw new IllegalStateException("there is no message " + kind);
        };
    in.end();
    return new EntityRegion.Envelope(to, message);
  }

  private EntityMessage deliver(Address to, CborIn in) {
    if (!(BatchCodec.readCause(in) instanceof Cause.Delivered cause)) {
      throw new IllegalStateException("a delivery has the cause of another message");
    }
    Delivery delivery =
        new Delivery(to, cause, BatchCodec.readOutgoing(in), in.flag(), in.number());
    return new EntityMessage.Deliver(delivery, ref(in));
  }

  void write(CborOut out, EntityMessage.Delivered delivered) {
    if (delivered instanceof EntityMessage.Delivered.Answered answered) {
      Answer answer = answered.answer();
      out.array(7).number(0).id(answer.id()).position(answer.position());
      out.text(answer.kind().name()).text(shortened(answer.reason())).end();
    } else {
      String reason = ((EntityMessage.Delivered.Silence) delivered).reason();
      out.array(2).number(1).text(shortened(reason)).end();
    }
  }

  EntityMessage.Delivered delivered(CborIn in) {
    in.array();
    int kind = in.smallNumber();
    EntityMessage.Delivered delivered =
        switch (kind) {
          case 0 ->
              new EntityMessage.Delivered.Answered(
                  new Answer(in.id(), in.position(), Answer.Kind.valueOf(in.text()), in.text()));
          case 1 -> new EntityMessage.Delivered.Silence(in.text());
          default -> throw new IllegalStateException("there is no answer " + kind);
        };
    in.end();
    return delivered;
  }

  void write(CborOut out, Reply reply) {
    Reply.Failure failure = reply.failure();
    out.array(4).payload(reply.payload());
    if (failure == null) {
      out.nothing().nothing().nothing();
    } else {
      out.text(failure.kind().name()).text(failure.code());
      out.text(shortened(failure.message()));
    }
    out.end();
  }

  Reply reply(CborIn in) {
    in.array();
    Payload payload = in.payloadOrNull();
    String kind = in.textOrNull();
    String code = in.textOrNull();
    String message = in.textOrNull();
    in.end();
    if (kind == null) {
      return new Reply(payload, null);
    }
    if (code == null || message == null) {
      throw new IllegalStateException("a failure without code or message");
    }
    return new Reply(payload, new Reply.Failure(Reply.Kind.valueOf(kind), code, message));
  }

  void write(CborOut out, EntityMessage.Settlement settlement) {
    out.array(2).flag(settlement.settled()).text(shortened(settlement.reason())).end();
  }

  EntityMessage.Settlement settlement(CborIn in) {
    in.array();
    EntityMessage.Settlement settlement = new EntityMessage.Settlement(in.flag(), in.text());
    in.end();
    return settlement;
  }

  void write(CborOut out, WatchMessage message) {
    if (message instanceof WatchMessage.Watch watch) {
      out.array(3).number(WATCH).text(watch.entity().persistenceId()).text(ref(watch.watcher()));
    } else if (message instanceof WatchMessage.Unwatch unwatch) {
      out.array(3).number(UNWATCH).text(unwatch.entity().persistenceId());
      out.text(ref(unwatch.watcher()));
    } else if (message instanceof WatchMessage.Watched watched) {
      out.array(3).number(WATCHED).text(watched.entity().persistenceId());
      out.text(ref(watched.shower()));
    } else if (message instanceof WatchMessage.Shown shown) {
      out.array(6).number(SHOWN).text(shown.entity().persistenceId()).number(shown.turn());
      out.list(shown.states(), out::text).payload(shown.context());
      out.text(refOrNull(shown.shower()));
    } else {
      WatchMessage.Looked looked = (WatchMessage.Looked) message;
      out.array(4).number(LOOKED).text(looked.entity().persistenceId()).number(looked.turn());
      out.text(ref(looked.watcher()));
    }
    out.end();
  }

  WatchMessage watching(CborIn in) {
    in.array();
    int kind = in.smallNumber();
    Address entity = Address.ofPersistenceId(in.text());
    WatchMessage message =
        switch (kind) {
          case WATCH -> new WatchMessage.Watch(entity, ref(in));
          case UNWATCH -> new WatchMessage.Unwatch(entity, ref(in));
          case WATCHED -> new WatchMessage.Watched(entity, ref(in));
          case SHOWN ->
              new WatchMessage.Shown(
                  entity, in.number(), in.list(in::text), in.payload(), refOrNull(in));
          case LOOKED -> new WatchMessage.Looked(entity, in.number(), ref(in));
          default -> throw new IllegalStateException("there is no message " + kind);
        };
    in.end();
    return message;
  }

  /** Half a surrogate pair at the cut becomes a question mark. */
  static String shortened(String reason) {
    return reason.length() > REASON_MAX
        ? new String(
            reason.substring(0, REASON_MAX).getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8)
        : reason;
  }

  private String ref(ActorRef<?> ref) {
    return refs.toSerializationFormat(ref);
  }

  private @Nullable String refOrNull(@Nullable ActorRef<?> ref) {
    return ref == null ? null : ref(ref);
  }

  private <T> @Nullable ActorRef<T> refOrNull(CborIn in) {
    String ref = in.textOrNull();
    return ref == null ? null : refs.resolveActorRef(ref);
  }

  private <T> ActorRef<T> ref(CborIn in) {
    return refs.resolveActorRef(in.text());
  }
}
