package dev.onewrite.internal.pekko;

import dev.onewrite.internal.codec.CborIn;
import dev.onewrite.internal.codec.CborOut;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Every message of Onewrite that goes to another node. Made by Pekko, named in reference.conf.
 *
 * <p>What cannot be read is a {@link NotSerializableException} whatever is wrong with it: any other
 * exception would break the link between the nodes, with all that is on its way.
 */
public final class WireSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 731_904_211;

  private static final String ENVELOPE = "envelope/1";
  private static final String DELIVERED = "delivered/1";
  private static final String REPLY = "reply/1";
  private static final String SETTLEMENT = "settlement/1";
  private static final String WATCHING = "watching/1";
  private static final String HINT = "hint/1";

  private final ExtendedActorSystem system;

  /** As Pekko makes it. */
  public WireSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  /** Asked for with each message: the resolver is not there yet when serializers are made. */
  private WireCodec codec() {
    return new WireCodec(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof EntityRegion.Envelope) {
      return ENVELOPE;
    }
    if (message instanceof EntityMessage.Delivered) {
      return DELIVERED;
    }
    if (message instanceof Reply) {
      return REPLY;
    }
    if (message instanceof EntityMessage.Settlement) {
      return SETTLEMENT;
    }
    if (message instanceof WatchMessage) {
      return WATCHING;
    }
    if (message instanceof CommitHints.Hint) {
      return HINT;
    }
    throw new IllegalArgumentException(message.getClass() + " does not cross nodes");
  }

  @Override
  public byte[] toBinary(Object message) {
    WireCodec codec = codec();
    try (CborOut out = new CborOut()) {
      if (message instanceof EntityRegion.Envelope envelope) {
        codec.write(out, envelope);
      } else if (message instanceof EntityMessage.Delivered delivered) {
        codec.write(out, delivered);
      } else if (message instanceof Reply reply) {
        codec.write(out, reply);
      } else if (message instanceof EntityMessage.Settlement settlement) {
        codec.write(out, settlement);
      } else if (message instanceof WatchMessage watching) {
        codec.write(out, watching);
      } else {
        out.array(1).number(((CommitHints.Hint) message).node()).end();
      }
      return out.bytes();
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    WireCodec codec = codec();
    try (CborIn in = new CborIn(bytes, 0)) {
      Object message =
          switch (manifest) {
            case ENVELOPE -> codec.envelope(in);
            case DELIVERED -> codec.delivered(in);
            case REPLY -> codec.reply(in);
            case SETTLEMENT -> codec.settlement(in);
            case WATCHING -> codec.watching(in);
            case HINT -> hint(in);
            default -> throw new IllegalStateException("no such manifest");
          };
      in.finish();
      return message;
    } catch (RuntimeException e) { // the codec's, Jackson's or Pekko's: none may break the link
      throw unreadable(manifest, bytes, e);
    }
  }

  private static CommitHints.Hint hint(CborIn in) {
    in.array();
    CommitHints.Hint hint = new CommitHints.Hint(in.number());
    in.end();
    return hint;
  }

  private static NotSerializableException unreadable(
      String manifest, byte[] bytes, RuntimeException cause) {
    NotSerializableException unreadable =
        new NotSerializableException(
            "a message \""
                + manifest
                + "\" of "
                + bytes.length
                + " bytes cannot be read: "
                + cause.getMessage());
    unreadable.initCause(cause);
    return unreadable;
  }
}
