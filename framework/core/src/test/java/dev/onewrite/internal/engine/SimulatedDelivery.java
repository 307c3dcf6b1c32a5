package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.internal.memory.MemoryStoreProvider;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One group's delivery with all that can go wrong, in one thread: the real inbox, the real rules
 * and the store in memory; a network that loses, doubles and delays; workers that die, live on as
 * zombies and change in number; receivers that refuse; an operator who redrives and discards.
 */
final class SimulatedDelivery {

  static final String GROUP = "to";
  private static final int SENDERS = 6;
  private static final int RECEIVERS = 3;
  private static final int ATTEMPTS_MAX = 3;
  private static final Attempts.Note NOTE = new Attempts.Note(Instant.EPOCH, "no");

  /** A message of the journal; its place there is its number. */
  record Message(int number, Sequence sequence, UUID id) {
    Position position() {
      return Position.of(0, number);
    }
  }

  /** A delivery, or later its answer, on its way from or to a worker. */
  record Copy(
      SimulatedWorker worker,
      Message message,
      Cause.Delivered cause,
      boolean last,
      Answer.@Nullable Kind answer) {}

  final Random random;
  final Store store = new MemoryStoreProvider().open(null, Faults.NONE);
  final List<Message> journal = new ArrayList<>();
  private final Map<Address, Inbox> inboxes = new HashMap<>();
  private final Map<Sequence, Integer> lastEffect = new HashMap<>();
  private final Set<UUID> effects = new HashSet<>();
  private final Set<UUID> discarded = new HashSet<>();
  private final Set<UUID> poison = new HashSet<>();
  private final List<String> story = new ArrayList<>();
  private final List<Copy> network = new ArrayList<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  boolean faults = true;
  long deliveries;

  SimulatedDelivery(long seed) {
    random = new Random(seed);
    hire();
  }

  boolean chance(int inThousand) {
    return random.nextInt(1_000) < inThousand;
  }

  void emit() {
    int number = journal.size() + 1;
    Sequence sequence =
        new Sequence(
            GROUP,
            new Address("from", "" + random.nextInt(SENDERS)),
            new Address(GROUP, "" + random.nextInt(RECEIVERS)));
    Message message = new Message(number, sequence, new UUID(7, number));
    journal.add(message);
    if (chance(20)) {
      poison.add(message.id());
    }
  }

  /** New workers; some of those before go on as zombies. */
  private void hire() {
    workers.removeIf(worker -> chance(600));
    while (workers.size() > 3) {
      workers.remove(0);
    }
    int count = 1 + random.nextInt(3);
    for (int share = 0; share < count; share++) {
      workers.add(new SimulatedWorker(this, SliceRange.share(share, count)));
    }
  }

  void step() {
    if (faults && chance(1)) {
      hire();
    }
    if (faults && chance(3)) {
      operate();
    }
    SimulatedWorker worker = workers.get(random.nextInt(workers.size()));
    if (chance(700) || network.isEmpty()) {
      worker.step();
    }
    if (!network.isEmpty()) {
      Copy copy = network.get(random.nextInt(network.size()));
      if (!faults || !chance(100)) { // else it comes twice
        network.remove(copy);
      }
      if (!faults || !chance(50)) { // else it is lost
        arrive(copy);
      }
    }
  }

  private void operate() {
    List<Backlog> backlogs = store.setAside().backlogs(Backlog.Filter.ANY.ofGroup(GROUP), 100);
    if (!backlogs.isEmpty()) {
      Backlog backlog = backlogs.get(random.nextInt(backlogs.size()));
      SetAsideRow row = backlog.first();
      if (chance(300)) {
        SetAsideRow.Discard discard = new SetAsideRow.Discard("me", NOTE);
        Optional<SetAsideRow.State> was = store.setAside().discard(row.key(), discard);
        if (was.filter(SetAsideRow.State.PARKED::equals).isPresent()) {
          discarded.add(row.id());
          check(
              !effects.contains(row.id()),
              "is discarded after its effect",
              journal.get((int) row.row() - 1));
        }
      } else {
        poison.remove(row.id());
        store.setAside().redrive(backlog.sequence());
      }
    }
  }

  void send(
      SimulatedWorker worker, Message message, Position at, Position stable, Attempts attempts) {
    Cause.Delivered cause =
        new Cause.Delivered(message.id(), message.sequence().sender(), at, 0, stable);
    boolean last = Rules.OURS.isLast(attempts, ATTEMPTS_MAX);
    network.add(new Copy(worker, message, cause, last, null));
    tell(
        worker,
        message.sequence(),
        "sends " + message.number() + " at " + at + ", stable " + stable);
  }

  private void arrive(Copy copy) {
    if (copy.answer() != null) {
      copy.worker().answered(copy.message(), copy.cause().position(), copy.answer());
      return;
    }
    deliveries++;
    Message message = copy.message();
    Inbox inbox = inboxes.computeIfAbsent(copy.message().sequence().receiver(), a -> new Inbox());
    Answer.Kind kind =
        switch (inbox.judge(copy.cause())) {
          case HANDLED -> Answer.Kind.HANDLED;
          case SETTLED -> Answer.Kind.SETTLED;
          case REFUSED -> Answer.Kind.REFUSED;
          case NEW -> handle(inbox, copy);
        };
    tell(copy.worker(), message.sequence(), message.number() + " is answered " + kind);
    network.add(new Copy(copy.worker(), copy.message(), copy.cause(), copy.last(), kind));
  }

  private Answer.Kind handle(Inbox inbox, Copy copy) {
    Message message = copy.message();
    if (poison.contains(message.id()) || faults && chance(20)) {
      if (Rules.OURS.isJournaled(copy.last())) {
        inbox.apply(copy.cause(), "no");
        return Answer.Kind.REFUSED;
      }
      return Answer.Kind.FAILED;
    }
    inbox.apply(copy.cause(), null);
    check(effects.add(message.id()), "takes effect twice", message);
    check(!discarded.contains(message.id()), "takes effect though discarded", message);
    Integer before = lastEffect.put(message.sequence(), message.number());
    check(before == null || before < message.number(), "takes effect after " + before, message);
    return Answer.Kind.HANDLED;
  }

  /** Without further faults all is handled or discarded in the end, and inboxes are small. */
  void end() {
    faults = false;
    poison.clear();
    for (int round = 0; !isOver(); round++) {
      check(round < 10_000, "or one before is not dealt with in the end", journal.get(0));
      store
          .setAside()
          .backlogs(Backlog.Filter.ANY.ofGroup(GROUP), 100)
          .forEach(b -> store.setAside().redrive(b.sequence()));
      for (int i = 0; i < 200; i++) {
        step();
      }
    }
    for (Message message : journal) {
      boolean effect = effects.contains(message.id());
      check(effect != discarded.contains(message.id()), "is lost", message);
    }
  }

  private boolean isOver() {
    return network.isEmpty()
        && store.setAside().backlogs(Backlog.Filter.ANY.ofGroup(GROUP), 1).isEmpty()
        && !Position.of(0, journal.size()).isAfter(store.offsets().floor(GROUP));
  }

  /** The greatest number of ids that a receiver remembers. */
  int remembered() {
    return inboxes.values().stream().mapToInt(Inbox::size).max().orElse(0);
  }

  /** Part of what happened, to be read where something did not hold. */
  void tell(SimulatedWorker worker, Sequence of, String what) {
    story.add(of + ": worker " + worker.number() + " " + what);
  }

  void check(boolean holds, String what, Message message) {
    if (!holds) {
      story.stream()
          .filter(line -> line.startsWith(message.sequence() + ":"))
          .forEach(System.out::println);
      throw new AssertionError(message + " " + what);
    }
  }
}
