package dev.onewrite.rig;

import dev.onewrite.rig.Counters.Count;
import dev.onewrite.spi.FaultPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Feeds the programs of a plan to the nodes of a stage, and strikes. */
final class Campaign {

  /*
   * Before each fault a share of the programs is sent; when half of that is answered the fault
   * comes, so that it meets work under way. What was not answered is sent again, with the same
   * request id, until it is. While a fault is on its way two thirds of the next share trickle in,
   * so that there is something to interrupt, and something left for the next one. Everything here
   * happens on one thread.
   */

  /** What befalls a node that was silent for too long. */
  static final String GIVEN_UP = "given up by its cluster";

  private static final int IN_FLIGHT = 64;
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** 15 s for a point to be passed, or an answer to be lost; else the fault has missed. */
  private static final long STRIKE_SECONDS = 15;

  /** 10 parked sequences are redriven before a fault, and come back: nothing is mended yet. */
  private static final int REDRIVEN = 10;

  /** 120 s without any answer, or without a node that starts: something hangs. */
  private static final long STUCK_SECONDS = 120;

  private final Plan plan;
  private final Stage stage;
  private final Random random;
  private final BlockingQueue<NodeProcess.Said> said = new LinkedBlockingQueue<>();
  private final NodeProcess[] nodes;
  private final Map<Integer, NodeProcess> open = new HashMap<>();
  private final Deque<Again> again = new ArrayDeque<>();
  private final BitSet done = new BitSet();
  private final Map<Integer, Long> resentAt = new HashMap<>();
  private final Map<Count, Long> counted = new EnumMap<>(Count.class);
  private final Map<String, Integer> struck = new java.util.TreeMap<>();
  private int killsInFlight;
  private int missed;
  private int next;
  private int allowance;
  private long trickledAt;
  private long trickleNanos;
  private int trickleEnd;
  private int turn;
  private final Set<NodeProcess> reached = new LinkedHashSet<>();
  private int disarmed;
  private String lastFailure = "none";

  private record Again(long at, int index) {}

  /**
   * What the faults did.
   *
   * @param resentAt when a request was last sent again, by its program
   * @param struck how many faults of each kind
   */
  record Record(
      Map<Integer, Long> resentAt,
      Map<Count, Long> counted,
      Map<String, Integer> struck,
      int missed,
      int killsInFlight) {}

  Campaign(Plan plan, Stage stage) {
    this.plan = plan;
    this.stage = stage;
    this.random = new Random(plan.seed() ^ 0xd1ce);
    this.nodes = new NodeProcess[stage.nodes()];
  }

  /** Runs until every request is answered, then kills all nodes with what they still do. */
  Record run() throws IOException, InterruptedException {
    Files.createDirectories(stage.folder().resolve("thrown"));
    try {
      for (int node = 0; node < nodes.length; node++) {
        start(node);
      }
      await("all nodes are ready", this::allReady);
      int share = plan.programs() / (plan.faults().size() + 1);
      trickleNanos = TimeUnit.SECONDS.toNanos(STRIKE_SECONDS) / Math.max(1, share * 2 / 3);
      for (int i = 0; i < plan.faults().size(); i++) {
        allowance = share * (i + 1);
        trickleEnd = share * (i + 1) + share * 2 / 3;
        int half = share * i + share / 2;
        await("half of a share is answered", () -> done.cardinality() >= half);
        strike(plan.faults().get(i));
        await("all nodes are ready again", this::allReady);
      }
      allowance = plan.programs();
      await("everything is answered", () -> done.cardinality() == plan.programs());
      for (NodeProcess node : nodes) {
        kill(node);
      }
      return new Record(resentAt, counted, struck, missed, killsInFlight);
    } finally {
      for (NodeProcess node : nodes) {
        if (node != null) {
          node.close();
        }
      }
    }
  }

  private void strike(Fault fault) throws IOException, InterruptedException {
    String name = fault.getClass().getSimpleName();
    boolean hit = true;
    pick().send("redrive " + REDRIVEN);
    if (fault instanceof Fault.KillAt at) {
      hit = reaches(at.point(), NodeFaults.Deed.STOP, at.passes());
      name += " " + at.point();
      for (NodeProcess node : hit ? List.copyOf(reached) : List.of(pick())) {
        kill(node);
        start(node.number());
      }
    } else if (fault instanceof Fault.KillIn in) {
      pump(in.millis());
      NodeProcess node = pick();
      kill(node);
      start(node.number());
      if (in.starting()) {
        pump(in.millis());
        kill(nodes[node.number()]);
        start(node.number());
      }
    } else if (fault instanceof Fault.Fail fail) {
      hit = reaches(fail.point(), NodeFaults.Deed.THROW, fail.passes());
      name += " " + fail.point();
    } else if (fault instanceof Fault.Stall stall) {
      NodeProcess node = pick();
      node.signal("STOP");
      pump(nodes.length > 1 ? stall.millis() * 6 : stall.millis());
      node.signal("CONT");
      pump(500);
    } else if (fault instanceof Fault.Zombie zombie) {
      zombie(zombie);
    } else {
      hit = strikeDatabase(fault);
    }
    struck.merge(name, 1, Integer::sum);
    missed += hit ? 0 : 1;
  }

  private boolean strikeDatabase(Fault fault) throws InterruptedException {
    Stage.Postgres postgres = (Stage.Postgres) stage;
    if (fault instanceof Fault.KillDatabase kill) {
      pump(kill.millis());
      postgres.server().kill();
      pump(300);
      postgres.server().start();
      return true;
    }
    int before = postgres.proxy().lost();
    postgres.proxy().lose(((Fault.LoseAnswers) fault).count());
    return within(STRIKE_SECONDS, () -> postgres.proxy().lost() > before);
  }

  /** Two nodes that do not know of each other, both with all slices and all entities. */
  private void zombie(Fault.Zombie zombie) throws IOException, InterruptedException {
    NodeProcess old = nodes[0];
    old.signal("STOP");
    reopen(old);
    start(0);
    await("another node is ready", this::allReady);
    pump(zombie.millis());
    old.signal("CONT");
    pump(2_000);
    kill(old);
  }

  /** Arms all nodes; whichever is the first to be there is hit, and those that are with it. */
  private boolean reaches(FaultPoint point, NodeFaults.Deed deed, int passes)
      throws InterruptedException {
    reached.clear();
    disarmed = 0;
    for (NodeProcess node : nodes) {
      node.send("arm " + point + " " + deed + " " + passes);
    }
    boolean hit = within(STRIKE_SECONDS, () -> !reached.isEmpty());
    for (NodeProcess node : nodes) {
      node.send("disarm");
    }
    within(STRIKE_SECONDS, () -> disarmed == nodes.length || !allReady());
    return hit;
  }

  private void start(int node) throws IOException {
    nodes[node] = NodeProcess.start(node, stage.folder(), stage.node(node), plan, said);
  }

  private void kill(NodeProcess node) throws InterruptedException {
    killsInFlight += node.kill() ? 1 : 0;
    node.ready(false);
    for (Count count : Count.values()) {
      counted.merge(count, node.counted(count), Long::sum);
    }
    pump(0); // what it said before it died still counts
    reopen(node);
    node.close();
  }

  /** A node, each in its turn. */
  private NodeProcess pick() {
    turn = (turn + 1 + random.nextInt(nodes.length)) % nodes.length;
    return nodes[turn];
  }

  private boolean allReady() {
    for (NodeProcess node : nodes) {
      if (!node.isReady()) {
        return false;
      }
    }
    return true;
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    int before = -1;
    while (before < done.cardinality()) {
      before = done.cardinality();
      if (within(STUCK_SECONDS, condition)) {
        return;
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("Seed ").append(plan.seed()).append(": still not: ").append(what);
    text.append("; answered ").append(done.cardinality()).append(" of ").append(plan.programs());
    text.append("; open ").append(open.keySet()).append("; last failure: ").append(lastFailure);
    for (NodeProcess node : nodes) {
      text.append("\nnode ").append(node.number()).append(":\n").append(node.log());
    }
    throw new AssertionError(text);
  }

  private boolean within(long seconds, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      trickle();
      turnOnce(5);
    }
    return true;
  }

  /** Goes on for a while. */
  private void pump(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    do {
      trickle();
      turnOnce(Math.min(5, millis));
    } while (System.nanoTime() < end || (millis == 0 && !said.isEmpty()));
  }

  private void trickle() {
    long now = System.nanoTime();
    if (now - trickledAt > trickleNanos && allowance < trickleEnd) {
      trickledAt = now;
      allowance++;
    }
  }

  private void turnOnce(long waitMillis) throws InterruptedException {
    feed();
    NodeProcess.Said heard = said.poll(waitMillis, TimeUnit.MILLISECONDS);
    while (heard != null) {
      hear(heard);
      heard = said.poll();
    }
  }

  private void feed() {
    List<NodeProcess> ready = new ArrayList<>();
    for (NodeProcess node : nodes) {
      if (node != null && node.isReady()) {
        ready.add(node);
      }
    }
    if (ready.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    while (!again.isEmpty() && again.getFirst().at() <= now && open.size() < IN_FLIGHT) {
      int index = again.remove().index();
      if (!done.get(index) && !open.containsKey(index)) {
        resentAt.put(index, System.currentTimeMillis());
        send(index, ready.get(random.nextInt(ready.size())));
      }
    }
    while (next < allowance && open.size() < IN_FLIGHT) {
      send(next++, ready.get(random.nextInt(ready.size())));
    }
  }

  private void send(int index, NodeProcess node) {
    open.put(index, node);
    node.send("run " + index);
  }

  private void reopen(NodeProcess node) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean lost = entry.getValue() == node;
              if (lost) {
                again.add(new Again(System.nanoTime(), entry.getKey()));
              }
              return lost;
            });
  }

  private void hear(NodeProcess.Said heard) {
    NodeProcess node = heard.node();
    if (heard.line() == null) {
      ended(node);
      return;
    }
    String[] words = heard.line().split(" ", 3);
    switch (words[0]) {
      case "ready" -> node.ready(true);
      case "done" -> {
        int index = Integer.parseInt(words[1]);
        done.set(index);
        open.remove(index);
      }
      case "failed" -> {
        int index = Integer.parseInt(words[1]);
        lastFailure = words[2];
        if (open.get(index) == node) {
          open.remove(index);
          again.add(new Again(System.nanoTime() + AGAIN_NANOS, index));
        }
      }
      case "reached" -> reached.add(node);
      case "disarmed" -> disarmed++;
      default -> lastFailure = heard.line();
    }
  }

  /** A node that its cluster has given up ends by itself, and is started again. */
  private void ended(NodeProcess node) {
    node.ready(false);
    if (node.isEnding()) {
      return;
    }
    if (nodes.length == 1) {
      throw new AssertionError(
          "Seed " + plan.seed() + ": the node ended by itself:\n" + node.log());
    }
    for (Count count : Count.values()) {
      counted.merge(count, node.counted(count), Long::sum);
    }
    node.ending();
    reopen(node);
    struck.merge(GIVEN_UP, 1, Integer::sum);
    try {
      start(node.number());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
