package dev.onewrite.internal.pekko;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses between nodes comes out as it went in; what is hostile breaks nothing. */
final class WireTest {

  private static final ActorSystem<Object> SYSTEM =
      ActorSystem.create(Behaviors.ignore(), "wire", ConfigFactory.load());
  private static final Serialization SERIALIZATION =
      SerializationExtension.get(SYSTEM.classicSystem());
  private static final Address TO = new Address("form", "ä|☃/ %2F");
  private static final Payload PAYLOAD = new Payload("submit-form", 2, new byte[] {1, 2, 3});
  private static final UUID ID = new UUID(7, 8);

  private static final byte[] BOMB = bomb();

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  private static <T> ActorRef<T> ref() {
    return SYSTEM.unsafeUpcast();
  }

  private static Delivery delivery(Outgoing outgoing) {
    Cause.Delivered cause =
        new Cause.Delivered(
            ID, new Address("a", "b"), new Position(1, 2, 3), 4, new Position(0, 1, 0));
    return new Delivery(TO, cause, outgoing, true, 17);
  }

  private static EntityRegion.Envelope to(EntityMessage message) {
    return new EntityRegion.Envelope(TO, message);
  }

  static Stream<Wire> messages() {
    return Stream.of(
        to(new EntityMessage.Deliver(delivery(new Outgoing.Sent(ID, TO, PAYLOAD)), ref())),
        to(new EntityMessage.Deliver(delivery(new Outgoing.Emitted(ID, PAYLOAD)), ref())),
        to(
            new EntityMessage.Deliver(
                delivery(new Outgoing.Invoked(ID, "act", "save", PAYLOAD)), ref())),
        to(new EntityMessage.Request("request", PAYLOAD, ref())),
        to(new EntityMessage.Fire("timer", 5, true, ref())),
        to(new EntityMessage.Complete("act", 6, PAYLOAD, ref())),
        to(new EntityMessage.Inquire("act", Long.MAX_VALUE, ref())),
        to(new EntityMessage.Show(ref())),
        to(new EntityMessage.Show(null)),
        new EntityMessage.Delivered.Answered(
            new Answer(ID, new Position(1, 2, 3), Answer.Kind.REFUSED, "why")),
        new EntityMessage.Delivered.Silence("no answer"),
        new Reply(PAYLOAD, null),
        new Reply(null, null),
        new Reply(null, new Reply.Failure(Reply.Kind.RETRYABLE, "OW121", "text")),
        new EntityMessage.Settlement(true, ""),
        new EntityMessage.Settlement(false, "why"),
        new WatchMessage.Watch(TO, ref()),
        new WatchMessage.Unwatch(TO, ref()),
        new WatchMessage.Watched(TO, ref()),
        new WatchMessage.Shown(TO, 9, List.of("EDITING", "B"), PAYLOAD, ref()),
        new WatchMessage.Shown(TO, 9, List.of(), PAYLOAD, null),
        new WatchMessage.Looked(TO, 9, ref()),
        new CommitHints.Hint(Long.MIN_VALUE));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_thereAndBack_isTheSame(Wire message) {
    byte[] bytes = SERIALIZATION.serialize(message).get();

    Object read = deserialize(bytes, message);

    assertEquals(message, read);
    assertInstanceOf(WireSerializer.class, SERIALIZATION.findSerializerFor(message));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messages_damagedAnywhere_areReadOrNotSerializable(Wire message) throws Exception {
    WireSerializer serializer =
        new WireSerializer((org.apache.pekko.actor.ExtendedActorSystem) Adapter.toClassic(SYSTEM));
    byte[] whole = serializer.toBinary(message);
    Random random = new Random(4711);

    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = round < whole.length ? Arrays.copyOf(whole, round) : flipped(whole, random);
      try {
        serializer.fromBinary(damaged, serializer.manifest(message));
      } catch (NotSerializableException e) {
        refused++;
      }
    }

    assertTrue(refused >= whole.length, "every cut message is refused");
  }

  private static byte[] flipped(byte[] whole, Random random) {
    byte[] flipped = whole.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
    }
    return flipped;
  }

  @Test
  void message_ofUnknownManifestOrWithMoreBehindIt_isNotSerializable() {
    WireSerializer serializer =
        new WireSerializer((org.apache.pekko.actor.ExtendedActorSystem) Adapter.toClassic(SYSTEM));
    byte[] whole = serializer.toBinary(new EntityMessage.Settlement(true, ""));

    assertThrows(
        NotSerializableException.class, () -> serializer.fromBinary(whole, "settlement/2"));
    assertThrows(
        NotSerializableException.class,
        () -> serializer.fromBinary(Arrays.copyOf(whole, whole.length + 1), "settlement/1"));
  }

  /** One GiB of zeros in one MiB: nothing here inflates, and no class is looked for by name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "envelope/1",
        "delivered/1",
        "reply/1",
        "settlement/1",
        "watching/1",
        "hint/1",
        "java.lang.ProcessBuilder"
      })
  void gzipBombOrClassName_onTheWire_isNotSerializableAndCostsNoMemory(String manifest)
      throws Exception {
    WireSerializer serializer =
        new WireSerializer((org.apache.pekko.actor.ExtendedActorSystem) Adapter.toClassic(SYSTEM));
    byte[] bomb = BOMB;
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());

    assertThrows(NotSerializableException.class, () -> serializer.fromBinary(bomb, manifest));

    long allocated = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertTrue(allocated < 16 << 20, manifest + " allocated " + allocated);
  }

  private static byte[] bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 1 << 10; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void reason_ofAnyLength_fitsAFrame() {
    EntityMessage.Settlement long_ = new EntityMessage.Settlement(false, "☃".repeat(1_000_000));

    byte[] bytes = SERIALIZATION.serialize(long_).get();

    assertTrue(bytes.length <= SafeSettings.FRAME_SPARE, bytes.length + " bytes");
  }

  private static Object deserialize(byte[] bytes, Wire message) {
    WireSerializer serializer = (WireSerializer) SERIALIZATION.findSerializerFor(message);
    return SERIALIZATION
        .deserialize(bytes, serializer.identifier(), serializer.manifest(message))
        .get();
  }
}
