package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.spi.FaultPoint;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100,000 messages to one entity: each takes effect once, in order, and memory does not grow. Now
 * and then an answer is lost, so that what was handled comes again.
 */
@Tag("chaos")
final class OneReceiverTest {

  private static final int SENDERS = 100;
  private static final int EACH = 1_000;

  /** Messages a turn. Few, so that the floor rises while the others are still on their way. */
  private static final int AT_ONCE = 10;

  private static final int ALL = SENDERS * EACH;

  /** 20 in all: each keeps one sender waiting for a while. */
  private static final int LOST_EVERY = 5_000;

  /** 48 MiB, half a KiB a message: what is kept of each would show. */
  private static final long GROWTH_MAX = 48L << 20;

  /** 25,000: not much more than the 2,048 turns that a worker has under way at most. */
  private static final int REMEMBERED_MAX = 25_000;

  sealed interface Message {}

  /** The numbers from {@code from} on, {@value #AT_ONCE} of them. */
  record Send(int from) implements Message {}

  record Sent(int count) {}

  record One(int sender, int number) implements Message {}

  record Look() implements Message {}

  /** The last number of each sender, and whether each was the one after the one before. */
  record Received(int count, Map<Integer, Integer> last, boolean inOrder) {
    Received with(One one) {
      Map<Integer, Integer> next = new TreeMap<>(last);
      Integer before = next.put(one.sender(), one.number());
      return new Received(
          count + 1, next, inOrder && one.number() == (before == null ? 0 : before + 1));
    }
  }

  private static final Component<Message> SENDER =
      Component.define("sender", Message.class)
          .context(() -> new Sent(0))
          .on(
              Send.class,
              (turn, send) -> {
                int sender = Integer.parseInt(turn.self().entityId());
                for (int i = 0; i < AT_ONCE; i++) {
                  turn.emit(new One(sender, send.from() + i));
                }
                turn.reply(new Sent(AT_ONCE));
              })
          .build();

  private static final Component<Message> RECEIVER =
      Component.define("receiver", Message.class)
          .context(() -> new Received(0, Map.of(), true))
          .subscribe(
              One.class, one -> "all", (turn, one) -> turn.assign(received -> received.with(one)))
          .answer(Look.class, (view, look) -> view.context())
          .build();

  @TempDir Path directory;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  @Test
  void messages_ofManySendersToOneEntity_takeEffectOnceInOrderInFlatMemory() {
    long early;
    long late;
    try (Onewrite node = builder().faults(this::reached).start()) {
      for (int from = 0; from < EACH; from += AT_ONCE) {
        Send send = new Send(from);
        IntStream.range(0, SENDERS)
            .mapToObj(sender -> node.ref(SENDER, "" + sender).ask(send, Sent.class))
            .toList()
            .forEach(sent -> sent.toCompletableFuture().join());
      }
      Hearsay.await("a fifth has come", 600, () -> look(node).count() >= ALL / 5);
      early = used();
      Hearsay.await("all have come", 600, () -> look(node).count() >= ALL);
      late = used();

      assertEquals(ALL, look(node).count());
      assertTrue(look(node).inOrder());
      assertEquals(ALL, node.history(node.ref(RECEIVER, "all").address()).size());
    }
    System.out.printf(
        "one receiver: heap %d MiB, then %d MiB; %d came again%n",
        early >> 20, late >> 20, dropped.get());
    assertTrue(dropped.get() > 0, "nothing came again");
    assertTrue(late - early < GROWTH_MAX, "from " + early + " to " + late + " bytes");
    try (Inspection inspection = builder().inspect()) {
      assertEquals(List.of(), inspection.verify().findings());
      Object remembered =
          inspection.state(new Address("receiver", "all")).orElseThrow().get("remembersDeliveries");
      System.out.println("one receiver: remembers " + remembered + " deliveries");
      assertTrue((Integer) remembered < REMEMBERED_MAX, "remembers " + remembered);
    }
  }

  private void reached(FaultPoint point) {
    if (point == FaultPoint.DUPLICATE) {
      dropped.incrementAndGet();
    }
    if (point == FaultPoint.BEFORE_ACKNOWLEDGEMENT
        && answered.incrementAndGet() % LOST_EVERY == 0) {
      throw new IllegalStateException("the answer is lost");
    }
  }

  private Onewrite.Builder builder() {
    return Onewrite.builder()
        .config(ConfigFactory.parseString("pekko.loglevel = WARNING"))
        .directory(directory)
        .component(SENDER)
        .component(RECEIVER);
  }

  private static Received look(Onewrite node) {
    return node.ref(RECEIVER, "all").ask(new Look(), Received.class).toCompletableFuture().join();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
