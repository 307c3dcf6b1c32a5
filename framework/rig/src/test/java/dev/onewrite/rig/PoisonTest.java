package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.spi.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One poison message among 10,000 sequences. */
@Tag("chaos")
final class PoisonTest {

  private static final int SENDERS = 1_000;
  private static final int RECEIVERS = 10;
  private static final int ROUNDS = 5;
  private static final int WARM = 4;

  /** What the one that sends poison tells beside, so that something waits behind it. */
  private static final int BEHIND = 2;

  /** 170 turns a second: 1,700 deliveries, which two cores do with some to spare. */
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  /** Three goes, as the machine may be busy with something else. */
  private static final int GOES = 3;

  sealed interface Message {}

  /** To all receivers. */
  record Tell(int number, long at) implements Message {}

  record Told(int number) {}

  /** Of the sequence that is poisoned, or of another one. */
  record Word(int number, boolean poisoned, long at) implements Message {}

  record Look() implements Message {}

  /** How many of the poisoned sequence, and whether each was the one after the one before. */
  record Heard(int count, boolean inOrder) {
    Heard with(int number) {
      return new Heard(count + 1, inOrder && number == count);
    }
  }

  private static final Address POISONER = new Address("teller", "0");
  private static final Address VICTIM = new Address("hearer", "0");
  private static final Sequence POISONED = new Sequence("hearer", POISONER, VICTIM);

  private volatile boolean poison;
  private int told;
  private final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();

  private final Component<Message> teller =
      Component.define("teller", Message.class)
          .context(() -> new Told(-1))
          .on(
              Tell.class,
              (turn, tell) -> {
                turn.assign(told -> new Told(tell.number()));
                for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                  Address to = new Address("hearer", "" + receiver);
                  boolean poisoned = turn.self().equals(POISONER) && to.equals(VICTIM);
                  turn.send(to, new Word(tell.number(), poisoned, tell.at()));
                }
                turn.reply(new Told(tell.number()));
              })
          .build();

  private final Component<Message> hearer =
      Component.define("hearer", Message.class)
          .context(() -> new Heard(0, true))
          .on(
              Word.class,
              (turn, word) -> {
                if (!word.poisoned()) {
                  took.add(System.nanoTime() - word.at());
                } else if (poison) {
                  throw new IllegalStateException("poison");
                } else {
                  turn.assign(heard -> heard.with(word.number()));
                }
              })
          .answer(Look.class, (view, look) -> view.context())
          .build();

  @TempDir Path directory;

  @Test
  void poison_amongTenThousandSequences_changesTheOthersLittle_andIsRedrivenInOrder()
      throws Exception {
    try (Onewrite node = builder().start()) {
      for (int i = 0; i < WARM; i++) {
        round(node, i % 2 == 1); // everybody is there, everything is compiled
      }
      double change = Double.MAX_VALUE;
      for (int go = 0; go < GOES && change >= 0.1; go++) {
        change = change(node);
      }
      assertTrue(change < 0.1, "p99 changed by " + change);
    }
    try (Inspection inspection = builder().inspect()) {
      assertEquals(List.of(), inspection.verify().findings());
    }
  }

  /** How much higher the median of the rounds' p99 is with poison than without, by turns. */
  private double change(Onewrite node) {
    double[] without = new double[ROUNDS];
    double[] with = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      without[i] = round(node, false);
      with[i] = round(node, true);
    }
    double change = median(with) / median(without) - 1;
    System.out.printf(
        "poison: p99 in ms without %s, with %s, change %.3f%n",
        Arrays.toString(without), Arrays.toString(with), change);
    return change;
  }

  /** Everybody tells everybody, once; says the p99 of all sequences but the poisoned one. */
  private double round(Onewrite node, boolean poisoned) {
    took.clear();
    poison = poisoned;
    List<CompletionStage<Told>> all = new ArrayList<>();
    for (int i = 0; i < BEHIND; i++) {
      all.add(tell(node, POISONER, told++));
    }
    long next = System.nanoTime();
    for (int sender = 0; sender < SENDERS; sender++) {
      all.add(tell(node, new Address("teller", "" + sender), sender == 0 ? told++ : 0));
      next += PACE_NANOS;
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    all.forEach(stage -> stage.toCompletableFuture().join());
    int expected = (SENDERS + BEHIND) * RECEIVERS - BEHIND - 1;
    Hearsay.await("all others have come", 120, () -> took.size() >= expected);
    assertEquals(expected, took.size());
    if (poisoned) {
      Hearsay.await("it is parked, with all behind it", () -> isParked(node));
      poison = false;
      assertEquals(BEHIND + 1, node.outbox().redrive(POISONED));
    }
    Hearsay.await("the sequence has come", () -> look(node).count() >= told);
    assertEquals(new Heard(told, true), look(node));
    long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
    return Math.round(sorted[sorted.length * 99 / 100] / 1e4) / 1e2;
  }

  private static boolean isParked(Onewrite node) {
    return node.outbox().parked(10).stream()
        .anyMatch(backlog -> backlog.sequence().equals(POISONED) && backlog.parked() == BEHIND + 1);
  }

  private CompletionStage<Told> tell(Onewrite node, Address who, int number) {
    return node.ref(teller, who.entityId()).ask(new Tell(number, System.nanoTime()), Told.class);
  }

  private Heard look(Onewrite node) {
    return node.ref(hearer, VICTIM.entityId())
        .ask(new Look(), Heard.class)
        .toCompletableFuture()
        .join();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private Onewrite.Builder builder() {
    return Onewrite.builder()
        .config(ConfigFactory.parseString("pekko.loglevel = WARNING"))
        .directory(directory)
        .component(teller)
        .component(hearer);
  }
}
