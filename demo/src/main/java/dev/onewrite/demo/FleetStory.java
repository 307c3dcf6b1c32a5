package dev.onewrite.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Feeds the forms to a fleet, kills its nodes and its database, and starts them again. */
final class FleetStory implements Outage.Striker {

  /*
   * Everything here happens on one thread, in tick(): hear all nodes, send again what has waited too
   * long, send what is new. Whatever has to wait for something ticks until it is there. A step goes
   * to any node that is ready, whichever its entity lives on; one that is not answered goes to
   * another node, under the same request id, as a client would send it.
   */

  /** 150 ms between two new steps once the share of an outage is used up. */
  private static final long TRICKLE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  /** 100 ms before a failed step is sent again. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** 7 s without an answer, a second more than a node waits for one. */
  private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(7);

  /** 500 ms between two questions to one entity whether it is back. */
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** 2 minutes: far more than anything here takes. */
  private static final long STUCK_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** 45 forms are asked where they live; a third of them lives where the blow falls. */
  private static final int PROBED = 45;

  /** Three quarters of what is left are shared out; the rest is for the trickles. */
  private static final double SHARED_OUT = 0.75;

  private final Work work;
  private final List<String> forms;
  private final Fleet fleet;
  private final Database database;
  private final Progress progress;
  private final Map<String, Sent> sent = new HashMap<>();
  private final Deque<Again> again = new ArrayDeque<>();
  private final Map<String, String> located = new HashMap<>();
  private final Ear ear = new Ear();
  private int asked;
  private int share;
  private long trickleAt;
  private long answeredAt;
  private int answered;
  private boolean leaving;
  private String doing = "starting";
  private String lastFailure = "none";
  private final FleetOutcome outcome = new FleetOutcome();

  private record Sent(int node, long at) {}

  private record Again(long at, String id) {}

  FleetStory(Work work, List<FormCase> cases, Fleet fleet, Database database, Progress progress) {
    this.work = work;
    this.forms = cases.stream().map(FormCase::form).limit(PROBED).toList();
    this.fleet = fleet;
    this.database = database;
    this.progress = progress;
  }

  FleetOutcome outcome() {
    return outcome;
  }

  /** Runs all outages and the work to its end; the fleet is whole then. */
  void play(List<Outage> outages) throws IOException, InterruptedException {
    for (int node = 0; node < fleet.size(); node++) {
      fleet.start(node);
    }
    await("starting", fleet::allReady);
    for (int i = 0; i < outages.size(); i++) {
      share = (int) (SHARED_OUT * work.unsent() / (outages.size() - i + 1));
      await("outage %d of %d".formatted(i + 1, outages.size()), () -> share <= 0 || work.done());
      outages.get(i).strike(this);
    }
    share = Integer.MAX_VALUE;
    await("the rest", work::done);
  }

  @Override
  public void kill(Outage.NodeKilled killed) throws IOException, InterruptedException {
    locate();
    int node = victim(killed.node());
    Set<String> hosted = hosted(node);
    long now = System.nanoTime();
    fleet.app(node).kill();
    await(fleet.name(node) + " was killed", () -> !fleet.runs(node));
    outcome.nodeKilled(back(node, hosted, now), hosted.size());
    fleet.start(node);
    await(fleet.name(node) + " comes back", fleet::allReady);
  }

  @Override
  public void stall(Outage.NodeStalled stalled) throws IOException, InterruptedException {
    locate();
    int node = victim(stalled.node());
    Set<String> hosted = hosted(node);
    long now = System.nanoTime();
    fleet.app(node).stall();
    fleet.avoid(node);
    outcome.nodeStalled(back(node, hosted, now), hosted.size());
    long until = now + stalled.pause().toNanos();
    await(fleet.name(node) + " stands still", () -> System.nanoTime() > until);
    fleet.app(node).resume();
    leaving = true;
    await(fleet.name(node) + " finds itself given up", () -> !fleet.runs(node));
    leaving = false;
    fleet.start(node);
    await(fleet.name(node) + " comes back", fleet::allReady);
  }

  @Override
  public void killDatabase(Outage.DatabaseKilled killed) throws IOException, InterruptedException {
    long now = System.nanoTime();
    database.kill();
    long until = now + killed.pause().toNanos();
    await("the database was killed", () -> System.nanoTime() > until);
    database.start();
    long started = System.nanoTime();
    // A first answer may have been on its way already: only one that a later commit gave counts.
    int before = answered + work.open().size();
    await("the database is back", () -> work.done() || answered > before);
    outcome.databaseKilled(answeredAt - started);
  }

  @Override
  public void replace(Outage.NodeReplaced replaced) throws IOException, InterruptedException {
    int node = replaced.node();
    fleet.avoid(node);
    fleet.app(node).terminate();
    await(fleet.name(node) + " leaves", () -> !fleet.runs(node));
    fleet.start(node);
    await(fleet.name(node) + " comes back", fleet::allReady);
    outcome.nodeReplaced();
  }

  /** Asks where the probed forms live just now. */
  private void locate() throws InterruptedException {
    located.clear();
    asked++;
    forms.forEach(form -> ask(form, -1));
    await("where do they live", () -> located.keySet().containsAll(forms));
  }

  /** The node meant, or, where it is new and nothing lives there yet, one that would be missed. */
  private int victim(int meant) {
    return IntStream.concat(IntStream.of(meant), IntStream.range(0, fleet.size()))
        .filter(node -> !hosted(node).isEmpty())
        .findFirst()
        .orElse(meant);
  }

  private Set<String> hosted(int node) {
    Set<String> hosted = new HashSet<>(forms);
    hosted.removeIf(form -> !fleet.name(node).equals(located.get(form)));
    return hosted;
  }

  /** How long it takes until all of {@code hosted} have answered from somewhere else. */
  private long back(int node, Set<String> hosted, long since) throws InterruptedException {
    located.clear();
    asked++; // answers to what was asked before do not count
    long[] next = {0};
    long[] first = {0};
    await(
        fleet.name(node) + " is missed",
        () -> {
          Set<String> missing = new HashSet<>(hosted);
          missing.removeAll(located.keySet());
          if (first[0] == 0 && missing.size() < hosted.size()) {
            first[0] = System.nanoTime() - since;
          }
          if (!missing.isEmpty() && System.nanoTime() > next[0]) {
            next[0] = System.nanoTime() + PROBE_NANOS;
            missing.forEach(form -> ask(form, node));
          }
          return missing.isEmpty();
        });
    long last = System.nanoTime() - since;
    progress.say(
        "%s is missed: the first of %d entities is back after %.1f s, the last after %.1f s"
            .formatted(fleet.name(node), hosted.size(), first[0] / 1e9, last / 1e9));
    return last;
  }

  private void ask(String form, int notThrough) {
    IntStream.range(0, fleet.size())
        .filter(node -> node != notThrough && fleet.isReady(node))
        .findFirst()
        .ifPresent(
            node -> fleet.app(node).send(new Command.Show("probe/" + asked + "/" + form, form)));
  }

  /** Ticks until {@code condition} holds. */
  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    doing = what;
    long stuckAt = System.nanoTime() + STUCK_NANOS;
    while (!condition.getAsBoolean()) {
      tick();
      if (System.nanoTime() > stuckAt && System.nanoTime() - answeredAt > STUCK_NANOS / 2) {
        throw new IllegalStateException(
            "nothing comes of \"%s\" any more; the last failure reported: %s"
                .formatted(what, lastFailure));
      }
    }
  }

  private void tick() throws InterruptedException {
    for (Fleet.Heard heard : fleet.hear()) {
      ear.node = heard.node();
      if (heard.signal() instanceof Signal.Said said) {
        said.report().to(ear);
      } else {
        gone(heard.node());
      }
    }
    long now = System.nanoTime();
    sendAgain(now);
    feed(now);
    progress.show(
        "answered %d of %d steps; %s; %s"
            .formatted(answered, work.steps(), outcome.soFar(), doing));
  }

  private void gone(int node) {
    App app = fleet.app(node);
    if (!app.isEnding() && !leaving) {
      throw app.failed("ended by itself");
    }
    fleet.gone(node);
    List<String> open = new ArrayList<>();
    sent.forEach(
        (id, step) -> {
          if (step.node() == node) {
            open.add(id);
          }
        });
    outcome.resent(open.size());
    open.forEach(id -> again.addFirst(new Again(0, id)));
    open.forEach(sent::remove);
  }

  private void sendAgain(long now) {
    for (Iterator<Map.Entry<String, Sent>> i = sent.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Sent> step = i.next();
      if (now - step.getValue().at() > OVERDUE_NANOS) {
        i.remove();
        outcome.resent(1);
        again.addFirst(new Again(0, step.getKey()));
      }
    }
    while (!again.isEmpty() && again.getFirst().at() <= now) {
      Optional<Integer> node = fleet.next();
      if (node.isEmpty()) {
        return;
      }
      String id = again.remove().id();
      work.open(id).ifPresent(command -> send(node.get(), command, now));
    }
  }

  private void feed(long now) {
    while (share > 0 || now >= trickleAt) {
      Optional<Integer> node = fleet.next();
      Optional<Command> next = node.isEmpty() ? Optional.empty() : work.next();
      if (next.isEmpty()) {
        return;
      }
      send(node.get(), next.get(), now);
      share--;
      trickleAt = now + TRICKLE_NANOS;
    }
  }

  private void send(int node, Command command, long now) {
    sent.put(command.id(), new Sent(node, now));
    fleet.app(node).send(command);
  }

  /** Takes what the nodes report. */
  private final class Ear implements Report.Reader {

    private int node;

    @Override
    public void ready(Report.Ready report) {
      fleet.ready(node);
    }

    @Override
    public void answered(Report.Answered report) {
      answeredAt = System.nanoTime();
      answered++;
      sent.remove(report.id());
      work.answered(report.id(), report.revision());
    }

    @Override
    public void shown(Report.Shown report) {
      if (report.id().startsWith("probe/" + asked + "/")) {
        located.put(report.form(), report.status().node());
      }
    }

    @Override
    public void failed(Report.Failed report) {
      lastFailure = report.reason();
      if (report.id().startsWith("probe/")) {
        return; // it is asked again
      }
      sent.remove(report.id());
      if (report.again()) {
        outcome.retried();
        again.add(new Again(System.nanoTime() + AGAIN_NANOS, report.id()));
      } else {
        work.refused(report.id(), report.reason());
      }
    }
  }
}
