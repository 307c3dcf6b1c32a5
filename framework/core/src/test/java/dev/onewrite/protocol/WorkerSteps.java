package dev.onewrite.protocol;

import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.protocol.Successors.Invariant;
import dev.onewrite.protocol.Successors.Violation;
import dev.onewrite.protocol.Worker.Phase;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Placed.Wish;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Rules.Ended;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker of the stream does: start, read, send, hear, set aside, store its offset. */
final class WorkerSteps {

  private final Scenario scenario;
  private final Protocol protocol;
  private final Rules rules;
  private final Stored stored;

  WorkerSteps(Scenario scenario, Protocol protocol, Stored stored) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.rules = protocol.rules();
    this.stored = stored;
  }

  void after(World world, int number, Successors next) {
    Worker worker = world.workers[number];
    String who = "w" + (number + 1) + " ";
    switch (worker.phase) {
      case ABSENT -> start(world, number, who, next);
      case ROWS_READ_FIRST, OFFSET_READ, HALF -> goOn(world, number, who, next);
      case RUNNING -> {
        crash(world, number, who, next);
        read(world, number, who, next);
        for (Message message : scenario.messages()) {
          settle(world, number, message, who, next);
        }
        save(world, number, who, next);
        refresh(world, number, who, next);
        lookAgain(world, number, who, next);
      }
      case DEAD -> {}
    }
  }

  /** Only the newest dies: whoever stops for good is as good as dead without this step. */
  private void crash(World world, int number, String who, Successors next) {
    if (number < world.workers.length - 1) {
      World after = world.copy();
      after.workers[number] =
          new Worker(
              world.workers[number].range, scenario.messages().size(), scenario.receivers(), 4);
      after.workers[number].phase = Phase.DEAD;
      next.add(after, false, () -> who + "dies");
    }
  }

  // --- start ----------------------------------------------------------------------------------

  private void start(World world, int number, String who, Successors next) {
    World after = world.copy(number);
    Worker worker = after.workers[number];
    if (protocol.has(Flaw.ROWS_BEFORE_OFFSET)) {
      lookForRows(after, worker);
      stored.promise(worker, after.floor, stored.holds(after));
      worker.phase = Phase.ROWS_READ_FIRST;
      next.add(after, false, () -> who + "starts and reads floor and rows");
    } else {
      worker.cursor = stored.start(world, worker.range);
      worker.phase = Phase.OFFSET_READ;
      next.add(after, false, () -> who + "starts at " + worker.cursor + " in " + worker.range);
    }
  }

  private void goOn(World world, int number, String who, Successors next) {
    World after = world.copy(number);
    Worker worker = after.workers[number];
    boolean floor =
        protocol.has(Flaw.FLOOR_BEFORE_ROWS_AT_START) == (worker.phase == Phase.OFFSET_READ);
    if (worker.phase == Phase.ROWS_READ_FIRST) {
      worker.cursor = stored.start(world, worker.range);
      worker.phase = Phase.RUNNING;
      next.add(after, true, () -> who + "begins at " + worker.cursor);
      return;
    }
    if (floor) {
      stored.promise(worker, after.floor, stored.holds(after));
      worker.skipped = protocol.has(Flaw.SKIPS_BY_FIRST_FLOOR) ? after.floor : Position.START;
    } else {
      lookForRows(after, worker);
    }
    worker.phase = worker.phase == Phase.OFFSET_READ ? Phase.HALF : Phase.RUNNING;
    next.add(
        after,
        true,
        () -> who + (floor ? "reads the floor, " + worker.floor : "finds" + senders(worker)));
  }

  private void lookForRows(World world, Worker worker) {
    for (int sender = 0; sender < 2; sender++) {
      if (worker.range.covers(sender) && stored.hasRows(world, sender)) {
        worker.known |= scenario.messagesOf(sender);
      }
    }
  }

  private void lookAgain(World world, int number, String who, Successors next) {
    if (protocol.has(Flaw.LOOKS_AGAIN)) {
      World after = world.copy(number);
      Worker worker = after.workers[number];
      worker.known = 0;
      lookForRows(after, worker);
      next.add(after, false, () -> who + "looks again and finds" + senders(worker));
    }
  }

  private static String senders(Worker worker) {
    return worker.known == 0 ? " no rows" : " rows that concern " + worker.known;
  }

  // --- the tail -------------------------------------------------------------------------------

  private @Nullable Message readable(World world, Worker worker) {
    for (Message message : scenario.messages()) {
      if (message.number() < world.committed
          && message.origin().isAfter(worker.cursor)
          && worker.range.covers(message.sender())) {
        return message;
      }
    }
    return null;
  }

  private void read(World world, int number, String who, Successors next) {
    Message message = readable(world, world.workers[number]);
    Position bound = Position.of(0, world.committed);
    World after = world.copy(number);
    Worker worker = after.workers[number];
    if (protocol.has(Flaw.BOUND_AFTER_QUERY) && worker.bound != null) {
      worker.bound = null;
      worker.cursor = Position.greatest(worker.cursor, bound);
      next.add(after, true, () -> who + "asks for the bound and goes on to " + worker.cursor);
    } else if (message != null) {
      worker.bound = null;
      worker.cursor = message.origin();
      worker.unsettled |= 1 << message.number();
      next.add(after, true, () -> who + "reads " + message);
    } else if (worker.bound != null) {
      worker.cursor = Position.greatest(worker.cursor, worker.bound);
      worker.bound = null;
      next.add(after, true, () -> who + "finds nothing and goes on to " + worker.cursor);
    } else if (protocol.has(Flaw.BOUND_AFTER_QUERY)
        || bound.isAfter(worker.cursor) && !protocol.has(Flaw.IDLE_STAYS)) {
      worker.bound = bound;
      String asks = protocol.has(Flaw.BOUND_AFTER_QUERY) ? "finds nothing" : "asks for the bound ";
      next.add(after, true, () -> who + asks + bound);
    }
  }

  // --- one message ----------------------------------------------------------------------------

  private void settle(World world, int number, Message message, String who, Successors next) {
    Worker worker = world.workers[number];
    int bit = 1 << message.number();
    if ((worker.unsettled & bit) == 0) {
      return;
    }
    if ((worker.waiting & bit) != 0) {
      hear(world, number, message, who, next);
    } else if (isFirst(worker, message) || protocol.has(Flaw.TWO_IN_FLIGHT)) {
      pass(world, number, message, who, next);
    }
  }

  private boolean isFirst(Worker worker, Message message) {
    for (Message other : scenario.messages()) {
      if (other.number() < message.number()
          && other.sender() == message.sender()
          && (worker.unsettled & 1 << other.number()) != 0) {
        return false;
      }
    }
    return true;
  }

  private void pass(World world, int number, Message message, String who, Successors next) {
    World after = world.copy(number);
    Worker worker = after.workers[number];
    Position skips = protocol.has(Flaw.SKIPS_BY_FIRST_FLOOR) ? worker.skipped : worker.floor;
    if (rules.isSettled(skips, message.origin())) {
      worker.settle(message.number());
      if (!protocol.has(Flaw.SKIPPED_WITHOUT_LOOKING)) {
        worker.known |= scenario.messagesOf(message.sender());
      }
      next.add(after, true, () -> who + "skips " + message + ", which the floor has passed");
    } else if ((worker.known & 1 << message.number()) == 0) {
      send(after, worker, message);
      next.add(after, true, () -> who + "sends " + message);
    } else {
      Placed.Step step = place(after, worker, message, Wish.SEND);
      if (step == Placed.Step.SEND) {
        send(after, worker, message);
      }
      next.add(after, true, () -> who + "looks for rows of " + message + ": " + step);
    }
  }

  private void send(World world, Worker worker, Message message) {
    worker.waiting |= 1 << message.number();
    boolean last =
        rules.isLast(
            Stored.row(message, worker.failed[message.number()]).attempts(),
            scenario.attemptsMax());
    Position stable = worker.promise[message.receiver()];
    int copy = Network.copy(message.number(), message.origin(), stable, last);
    world.copies = World.with(world.copies, copy);
  }

  private Placed.Step place(World world, Worker worker, Message message, Wish wish) {
    int failed = worker.failed[message.number()];
    Placed.Step step = stored.place(world, message, failed, wish, worker.floor);
    boolean passed = step == Placed.Step.SKIP && !protocol.has(Flaw.FORGETS_AT_SKIP);
    if (!passed && rules.isCacheable(stored.hasRowsLeft(world, message.sender()))) {
      worker.known &= ~scenario.messagesOf(message.sender());
      worker.known |= stored.toTheLastDiscarded(world, message.sender());
    } else {
      worker.known |= scenario.messagesOf(message.sender());
    }
    if (step != Placed.Step.SEND) {
      worker.settle(message.number());
    }
    return step;
  }

  private void hear(World world, int number, Message message, String who, Successors next) {
    for (int code : world.answers) {
      if (Network.messageOf(code) == message.number()) {
        Answer answer = Network.answer(code, message);
        int delivered = Network.copy(message.number(), message.origin(), Position.START, false);
        if (RetrierSteps.isMeant(protocol, answer, message, delivered)) {
          ended(world, number, message, RetrierSteps.ended(answer.kind()), false, who, next);
          if (answer.kind() == Answer.Kind.FAILED && scenario.silence()) {
            ended(world, number, message, Ended.FAILED, true, who, next);
          }
        }
      }
    }
    ended(world, number, message, Ended.SILENT, false, who, next);
    if (scenario.silence()) {
      ended(world, number, message, Ended.SILENT, true, who, next);
    }
  }

  private void ended(
      World world,
      int number,
      Message message,
      Ended ended,
      boolean pastBound,
      String who,
      Successors next) {
    World after = world.copy(number);
    Worker worker = after.workers[number];
    if (rules.contradicts(ended)) {
      worker.known |= scenario.messagesOf(message.sender());
    }
    if (ended == Ended.FAILED || ended == Ended.REFUSED) {
      worker.failed[message.number()] =
          (byte) Math.min(worker.failed[message.number()] + 1, scenario.attemptsMax());
    }
    Rules.Next decided = rules.next(ended, pastBound);
    Violation violation = null;
    String became = "";
    switch (decided) {
      case GO_ON -> worker.settle(message.number());
      case AGAIN -> {
        send(after, worker, message);
        boolean stuck = ended == Ended.REFUSED || pastBound;
        violation = stuck ? stranger(world.workers[number], message) : null;
      }
      case PARK -> became = ": " + place(after, worker, message, Wish.PARK);
      case DEFER -> became = ": " + place(after, worker, message, Wish.DEFER);
    }
    String tail = decided + became;
    next.add(
        after,
        true,
        () ->
            who + "hears of " + message + ": " + ended + (pastBound ? " for long, " : ", ") + tail,
        violation);
  }

  /** Whether something for another receiver waits behind a message that does not get on. */
  private @Nullable Violation stranger(Worker worker, Message message) {
    for (Message other : scenario.messages()) {
      if ((worker.unsettled & 1 << other.number()) != 0
          && other.sender() == message.sender()
          && other.receiver() != message.receiver()) {
        return new Violation(Invariant.S5, other + " waits behind " + message);
      }
    }
    return null;
  }

  // --- offset, floor, stable ------------------------------------------------------------------

  private void save(World world, int number, String who, Successors next) {
    Worker before = world.workers[number];
    Optional<Position> least = Optional.empty();
    for (Message message : scenario.messages()) {
      if ((before.unsettled & 1 << message.number()) != 0) {
        least = Optional.of(message.origin());
        break;
      }
    }
    Position offset = rules.offset(before.cursor, least);
    if (!offset.equals(Position.START) && !offset.equals(world.offsets[before.range.ordinal()])) {
      World after = world.copy();
      stored.save(after, before.range, offset);
      next.add(
          after,
          true,
          () -> who + "stores " + offset + " for " + before.range + ", floor " + after.floor);
    }
  }

  private void refresh(World world, int number, String who, Successors next) {
    World after = world.copy(number);
    Worker worker = after.workers[number];
    stored.clean(after);
    if (protocol.has(Flaw.ROWS_BEFORE_FLOOR)) {
      if (worker.halfHolds == null) {
        worker.halfHolds = stored.holds(after);
        next.add(after, false, () -> who + "reads the deferred rows");
        return;
      }
      stored.promise(worker, after.floor, worker.halfHolds);
      worker.halfHolds = null;
    } else {
      stored.promise(worker, after.floor, stored.holds(after));
    }
    next.add(
        after,
        true,
        () -> who + "learns what is stable: " + java.util.Arrays.toString(worker.promise),
        narrow(after, worker));
  }

  /** What is stable for a receiver is held back by nothing but its own deferred rows. */
  private @Nullable Violation narrow(World world, Worker worker) {
    for (int receiver = 0; receiver < scenario.receivers(); receiver++) {
      int asked = receiver;
      boolean own =
          scenario.messages().stream()
              .filter(message -> message.receiver() == asked)
              .map(message -> world.rows[message.number()])
              .anyMatch(
                  row -> row != null && row.state() == dev.onewrite.spi.SetAsideRow.State.DEFERRED);
      if (!own && !worker.promise[receiver].equals(worker.floor)) {
        return new Violation(
            Invariant.S4, "nothing of r" + (receiver + 1) + " is deferred, and its ids stay");
      }
    }
    return null;
  }
}
