package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.rig.PoisonNode.Block;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One poison message among 10,000 sequences. */
@Tag("chaos")
final class PoisonTest {

  /*
   * Two nodes have the same load at the same time, in short blocks, and by turns one of them has
   * poison and the other has not: what else the machine does meets both. In as many blocks neither
   * has, and these are compared in the same way: what they differ by is noise. Blocks are added
   * until that is small enough to tell. Each node is a process of its own, so that they have
   * nothing in common but the machine; what the poison costs in processor time is told as well.
   * Where the test may, it has the nodes scheduled before all else (chrt): noise is mostly waiting
   * for a processor that something else has.
   */

  private static final int ROUNDS_MIN = 12;

  /** Twelve minutes or so. What cannot be told by then cannot be told on this machine. */
  private static final int ROUNDS_MAX = 48;

  /** 10 %: what the p99 of the others may change by. */
  private static final double CHANGE_MAX = 0.1;

  /** Before every process of the usual kind, by turns with others of this one. */
  private static final List<String> FIRST = List.of("chrt", "--rr", "1");

  /** Who has poison in a block. */
  private enum Poisoned {
    FIRST,
    SECOND,
    NEITHER
  }

  /** Of a round: each of the two once, and twice neither; a round each. */
  private static final List<List<Poisoned>> ORDERS =
      List.of(
          List.of(Poisoned.FIRST, Poisoned.NEITHER, Poisoned.NEITHER, Poisoned.SECOND),
          List.of(Poisoned.NEITHER, Poisoned.SECOND, Poisoned.FIRST, Poisoned.NEITHER),
          List.of(Poisoned.SECOND, Poisoned.NEITHER, Poisoned.NEITHER, Poisoned.FIRST),
          List.of(Poisoned.NEITHER, Poisoned.FIRST, Poisoned.SECOND, Poisoned.NEITHER));

  /** What the nodes came to in one block. */
  private record Pair(Block first, Block second) {

    /** The logarithm of how much higher the first one is. */
    double ratio(ToDoubleFunction<Block> figure) {
      return Math.log(figure.applyAsDouble(first) / figure.applyAsDouble(second));
    }

    @Override
    public String toString() {
      return first.p99() + " : " + second.p99();
    }
  }

  /** The blocks of a round by who had poison. */
  private record Round(Pair first, Pair second, Pair neither, Pair neitherAgain) {

    /** Of the poisoned one to the other; by what the nodes differ in themselves goes out. */
    double change(ToDoubleFunction<Block> figure) {
      return (first.ratio(figure) - second.ratio(figure)) / 2;
    }

    /** The same where nothing is poisoned. */
    double control(ToDoubleFunction<Block> figure) {
      return (neither.ratio(figure) - neitherAgain.ratio(figure)) / 2;
    }

    /** The poison was parked so many ms before its block ended; below 0 it was parked too late. */
    long spare() {
      return Math.min(first.first().spare(), second.second().spare());
    }
  }

  @TempDir Path directory;

  @Test
  void poison_amongTenThousandSequences_changesTheOthersLittle_andIsRedrivenInOrder()
      throws Exception {
    List<String> scheduled = mayBeFirst() ? FIRST : List.of();
    System.out.println("poison: the nodes' processes are started by " + scheduled);
    try (Node first = new Node(directory.resolve("first"), scheduled);
        Node second = new Node(directory.resolve("second"), scheduled)) {
      for (int share = 0; share < PoisonNode.SHARES; share++) { // everybody is there, and warm
        block(first, second, share, share % 2 == 0 ? Poisoned.FIRST : Poisoned.SECOND);
      }
      compare(first, second);
      first.end();
      second.end();
    }
    for (String node : List.of("first", "second")) {
      try (Inspection inspection =
          Onewrite.builder().durability("sqlite").directory(directory.resolve(node)).inspect()) {
        assertEquals(List.of(), inspection.verify().findings());
      }
    }
  }

  private static boolean mayBeFirst() throws InterruptedException {
    List<String> tried = new ArrayList<>(FIRST);
    tried.add("true");
    try {
      return new ProcessBuilder(tried).start().waitFor() == 0;
    } catch (IOException e) { // there is no such program
      return false;
    }
  }

  private static void compare(Node first, Node second) throws IOException {
    List<Round> rounds = new ArrayList<>();
    Change change = Change.UNKNOWN;
    Change control = Change.UNKNOWN;
    for (int i = 0; i < ROUNDS_MAX && !isEnough(rounds.size(), change, control); i++) {
      Round round = round(first, second, rounds.size());
      System.out.println("poison: p99 in ms, the nodes side by side: " + round);
      if (round.spare() > 0) { // else it was not among what was measured
        rounds.add(round);
        change = Change.of(rounds.stream().map(each -> each.change(Block::p99)).toList());
        control = Change.of(rounds.stream().map(each -> each.control(Block::p99)).toList());
      }
    }
    System.out.printf(
        "poison: p99 of the others %s, without poison %s; processor time %s, without poison %s;"
            + " %d rounds; parked at least %d ms before its block ended%n",
        change,
        control,
        Change.of(rounds.stream().map(each -> each.change(Block::cpu)).toList()),
        Change.of(rounds.stream().map(each -> each.control(Block::cpu)).toList()),
        rounds.size(),
        rounds.stream().mapToLong(Round::spare).min().orElse(-1));
    assertTrue(
        control.isWithin(CHANGE_MAX),
        "this machine is too noisy to tell: without any poison p99 changes by " + control);
    assertTrue(change.estimate() < CHANGE_MAX, "p99 changes by " + change);
  }

  /** After each order as often as the others: both can be told from 10 %. */
  private static boolean isEnough(int rounds, Change change, Change control) {
    return rounds >= ROUNDS_MIN
        && rounds % ORDERS.size() == 0
        && control.isWithin(CHANGE_MAX)
        && change.isDecidedAt(CHANGE_MAX);
  }

  private static Round round(Node first, Node second, int round) throws IOException {
    Pair firstHas = null;
    Pair secondHas = null;
    List<Pair> neitherHas = new ArrayList<>();
    for (Poisoned poisoned : ORDERS.get(round % ORDERS.size())) {
      Pair pair = block(first, second, round % PoisonNode.SHARES, poisoned);
      switch (poisoned) {
        case FIRST -> firstHas = pair;
        case SECOND -> secondHas = pair;
        case NEITHER -> neitherHas.add(pair);
      }
    }
    return new Round(firstHas, secondHas, neitherHas.get(0), neitherHas.get(1));
  }

  private static Pair block(Node first, Node second, int share, Poisoned poisoned)
      throws IOException {
    first.begin(share, poisoned == Poisoned.FIRST);
    second.begin(share, poisoned == Poisoned.SECOND);
    return new Pair(first.block(), second.block());
  }

  /** A {@link PoisonNode}. */
  private static final class Node implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private final BufferedWriter told;

    /** Its young objects fit into its heap for some blocks. */
    Node(Path directory, List<String> scheduled) throws IOException {
      List<String> command = new ArrayList<>(scheduled);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g", "-Xmn700m"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(PoisonNode.class.getName(), directory.toString()));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      said = process.inputReader();
      told = process.outputWriter();
    }

    void begin(int share, boolean poisoned) throws IOException {
      told.write(share + (poisoned ? " poison" : " clean"));
      told.newLine();
      told.flush();
    }

    Block block() throws IOException {
      String line = said.readLine();
      if (line == null) {
        throw new AssertionError("the node has ended; see what it said");
      }
      return Block.of(line);
    }

    void end() throws IOException {
      told.close();
      assertEquals("ended", said.readLine());
    }

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
