package dev.onewrite.rig;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.spi.Sequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A node of {@link PoisonTest}: 10,000 sequences, one of which is poisoned when it is told so. */
final class PoisonNode {

  /*
   * The load is offered whether or not what came before is done, and its latency is counted from
   * the moment it was to be offered, so that nothing that stands still hides what it holds up. In a
   * block a part of the senders takes part, so that what the poison's sender tells others is among
   * the rest as often as anybody's.
   */

  static final int SENDERS = 1_000;
  private static final int RECEIVERS = 10;

  /** The parts of the senders, one a block. */
  static final int SHARES = 10;

  private static final int TURNS = SENDERS / SHARES;

  /** Turns before those that are measured: the node has come out of its pause. */
  private static final int LEAD = 15;

  /** 31 turns a second: 310 deliveries, a quarter of what one core does. A block takes 3 s. */
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(32);

  /** When words of the poisoned sequence are said: the poison first, the last when it is parked. */
  private static final List<Integer> WORDS = List.of(0, TURNS / 4, TURNS * 3 / 4);

  /** As often as reference.conf says; the last of 5 attempts is 1.5 s after the first. */
  private static final int ATTEMPTS = 5;

  private static final int NONE = -1;

  sealed interface Message {}

  /** To all receivers. */
  record Tell(int number, long at) implements Message {}

  /** To one. */
  record Whisper(int number) implements Message {}

  record Told(int number) {}

  /** Of the sequence that is poisoned, or of another one; {@code at} 0 is not measured. */
  record Word(int number, boolean watched, long at) implements Message {}

  record Look() implements Message {}

  /** How many of the watched sequence, and whether each was the one after the one before. */
  record Heard(int count, boolean inOrder) {
    Heard with(int number) {
      return new Heard(count + 1, inOrder && number == count);
    }
  }

  /**
   * What a block came to.
   *
   * @param p99 of all sequences but the watched one, in ms
   * @param cpu time that the process has used, in ms
   * @param spare ms from when the poison was parked to the end; below 0 it was parked too late
   */
  record Block(double p99, double cpu, long spare) {

    String line() {
      return String.format(Locale.ROOT, "block %.2f %.2f %d", p99, cpu, spare);
    }

    static Block of(String line) {
      String[] words = line.split(" ");
      return new Block(
          Double.parseDouble(words[1]), Double.parseDouble(words[2]), Long.parseLong(words[3]));
    }
  }

  private static final Address POISONER = new Address("teller", "0");
  private static final Address VICTIM = new Address("hearer", "0");
  private static final Sequence POISONED = new Sequence("hearer", POISONER, VICTIM);

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Latencies others = new Latencies(TURNS * RECEIVERS);
  private final AtomicInteger failures = new AtomicInteger();

  /** The word that is poison, if any. */
  private volatile int poison = NONE;

  private volatile long parkedAt;
  private int told;

  private final Component<Message> teller =
      Component.define("teller", Message.class)
          .context(() -> new Told(0))
          .on(
              Tell.class,
              (turn, tell) -> {
                turn.assign(told -> new Told(tell.number()));
                for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                  Address to = new Address("hearer", "" + receiver);
                  boolean watched = turn.self().equals(POISONER) && to.equals(VICTIM);
                  turn.send(to, new Word(tell.number(), watched, tell.at()));
                }
                turn.reply(new Told(tell.number()));
              })
          .on(
              Whisper.class,
              (turn, whisper) -> {
                turn.send(VICTIM, new Word(whisper.number(), true, 0));
                turn.reply(new Told(whisper.number()));
              })
          .build();

  private final Component<Message> hearer =
      Component.define("hearer", Message.class)
          .context(() -> new Heard(0, true))
          .on(
              Word.class,
              (turn, word) -> {
                if (word.number() == poison && word.watched()) {
                  failures.incrementAndGet();
                  throw new IllegalStateException("poison");
                } else if (word.watched()) {
                  turn.assign(heard -> heard.with(word.number()));
                } else if (word.at() != 0) {
                  others.add(System.nanoTime() - word.at());
                }
              })
          .answer(Look.class, (view, look) -> view.context())
          .build();

  private PoisonNode() {}

  /**
   * Runs it: each line it reads is a block, of which it says what it came to.
   *
   * @param arguments the directory of its store
   */
  public static void main(String[] arguments) throws IOException {
    PoisonNode poisonNode = new PoisonNode();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Onewrite node = poisonNode.builder(Path.of(arguments[0])).start()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        System.out.println(
            poisonNode.block(node, Integer.parseInt(words[0]), words[1].equals("poison")).line());
      }
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.out.println("ended");
  }

  private Onewrite.Builder builder(Path directory) {
    return Onewrite.builder()
        .config(ConfigFactory.parseString("pekko.loglevel = WARNING"))
        .durability("sqlite")
        .directory(directory)
        .component(teller)
        .component(hearer)
        .onError(
            incident -> {
              if (incident instanceof Incident.Parked) {
                parkedAt = System.nanoTime();
              }
            });
  }

  /** A share of the tellers tells everybody. */
  private Block block(Onewrite node, int share, boolean poisoned) {
    System.gc(); // seldom again within the block
    others.clear();
    failures.set(0);
    int before = told;
    long cpu = system.getProcessCpuTime();
    List<CompletionStage<Told>> all = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = -LEAD; i < TURNS; i++) {
      if (WORDS.contains(i)) {
        poison = i == 0 && poisoned ? told : poison;
        all.add(node.ref(teller, POISONER.entityId()).ask(new Whisper(told++), Told.class));
      }
      int sender = (share * TURNS + i + SENDERS) % SENDERS;
      Tell tell = new Tell(sender == 0 ? told++ : 0, i < 0 ? 0 : next);
      all.add(node.ref(teller, "" + sender).ask(tell, Told.class));
      next += PACE_NANOS;
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    all.forEach(stage -> stage.toCompletableFuture().join());
    int expected = TURNS * RECEIVERS - (share == 0 ? 1 : 0);
    Hearsay.await("all others have come", 120, () -> others.count() >= expected);
    double used = (system.getProcessCpuTime() - cpu) / 1e6;
    check(expected, others.count());
    if (poisoned) {
      mend(node, told - before);
    }
    Hearsay.await("the sequence has come", () -> look(node).count() >= told);
    check(new Heard(told, true), look(node));
    long spare = poisoned ? TimeUnit.NANOSECONDS.toMillis(next - parkedAt) : 0;
    return new Block(others.millis(0.99), used, spare);
  }

  /** The poison has failed as often as it may, and is parked; it is mended and redriven. */
  private void mend(Onewrite node, int words) {
    Hearsay.await("it is parked, with all behind it", () -> isParked(node, words));
    check(ATTEMPTS, failures.get());
    poison = NONE;
    check(words, node.outbox().redrive(POISONED));
  }

  private static boolean isParked(Onewrite node, int words) {
    return node.outbox().parked(10).stream()
        .anyMatch(backlog -> backlog.sequence().equals(POISONED) && backlog.parked() == words);
  }

  private Heard look(Onewrite node) {
    return node.ref(hearer, VICTIM.entityId())
        .ask(new Look(), Heard.class)
        .toCompletableFuture()
        .join();
  }

  private static void check(Object expected, Object found) {
    if (!found.equals(expected)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
