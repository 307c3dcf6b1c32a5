package dev.onewrite.protocol;

import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.protocol.Successors.Invariant;
import dev.onewrite.protocol.Successors.Violation;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that can happen next: commits, what receivers do, what operators do, workers. */
final class Model {

  final Scenario scenario;
  final Protocol protocol;
  private final Stored stored;
  private final WorkerSteps workers;
  private final RetrierSteps retriers;

  Model(Scenario scenario, Protocol protocol) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.stored = new Stored(scenario, protocol);
    this.workers = new WorkerSteps(scenario, protocol, stored);
    this.retriers = new RetrierSteps(scenario, protocol, stored);
  }

  World initial() {
    return new World(scenario, protocol.empty());
  }

  Successors after(World world) {
    Successors next = new Successors();
    commit(world, next);
    for (int worker = 0; worker < world.workers.length; worker++) {
      workers.after(world, worker, next);
      retriers.after(world, worker, next);
    }
    for (int copy : world.copies) {
      receive(world, copy, next);
    }
    operate(world, next);
    return next;
  }

  private void commit(World world, Successors next) {
    if (world.committed < scenario.messages().size()) {
      World after = world.copy();
      after.committed++;
      next.add(after, false, () -> "the sender commits " + message(world.committed));
    }
  }

  private Message message(int number) {
    return scenario.messages().get(number);
  }

  // --- receivers ------------------------------------------------------------------------------

  private void receive(World world, int copy, Successors next) {
    Message message = message(Network.messageOf(copy));
    Cause.Delivered delivery = Network.delivered(copy, message);
    Inbox.Verdict verdict = world.receivers[message.receiver()].judge(delivery);
    String what = "r" + (message.receiver() + 1) + " takes " + Network.copyText(copy, message);
    switch (verdict) {
      case HANDLED -> answer(world, copy, Answer.Kind.HANDLED, what, next);
      case SETTLED -> answer(world, copy, Answer.Kind.SETTLED, what, next);
      case REFUSED -> {
        Inbox.Mark mark = world.receivers[message.receiver()].marks().get(message.id());
        if (mark != null && delivery.position().isAfter(mark.position())) {
          Violation never = new Violation(Invariant.S2, message + " is redriven and not tried");
          next.add(world.copy(), false, () -> what + " and answers REFUSED", never);
        }
        answer(world, copy, Answer.Kind.REFUSED, what, next);
      }
      case NEW -> handle(world, copy, delivery, what, next);
    }
  }

  private void answer(World world, int copy, Answer.Kind kind, String what, Successors next) {
    int answer = Network.answer(Network.messageOf(copy), Network.positionOf(copy), kind);
    if (!Network.contains(world.answers, answer)) {
      World after = world.copy();
      after.answers = World.with(world.answers, answer);
      next.add(after, false, () -> what + " and answers " + kind);
    }
  }

  private void handle(
      World world, int copy, Cause.Delivered delivery, String what, Successors next) {
    Message message = message(Network.messageOf(copy));
    Violation violation = effect(world, message);
    World handled = world.copy();
    handled.effective |= 1 << message.number();
    fold(handled, message, delivery, null);
    if (violation == null
        && delivery.stable().isAfter(handled.receivers[message.receiver()].stable())) {
      violation = new Violation(Invariant.S4, "ids at or below " + delivery.stable() + " may stay");
    }
    reply(handled, copy, Answer.Kind.HANDLED);
    next.add(handled, false, () -> what + " and HANDLES it", violation);
    if (world.failures > 0) {
      World failed = world.copy();
      failed.failures--;
      boolean last = Network.isLast(copy);
      if (protocol.rules().isJournaled(last)) {
        fold(failed, message, delivery, "no");
      }
      Answer.Kind kind = last ? Answer.Kind.REFUSED : Answer.Kind.FAILED;
      reply(failed, copy, kind);
      next.add(failed, false, () -> what + ", its handler fails: " + kind);
    }
  }

  private static void fold(
      World world, Message message, Cause.Delivered delivery, @Nullable String refusal) {
    world.receivers[message.receiver()] =
        world.receivers[message.receiver()].with(delivery, refusal);
  }

  private static void reply(World world, int copy, Answer.Kind kind) {
    int answer = Network.answer(Network.messageOf(copy), Network.positionOf(copy), kind);
    world.answers = World.with(world.answers, answer);
  }

  private @Nullable Violation effect(World world, Message message) {
    int bit = 1 << message.number();
    if ((world.effective & bit) != 0) {
      return new Violation(Invariant.S1, message + " takes effect twice");
    }
    if ((world.discarded & bit) != 0) {
      return new Violation(Invariant.S6, message + " takes effect after it was discarded");
    }
    for (Message later : scenario.messages()) {
      if (later.number() > message.number()
          && later.isInSequenceOf(message)
          && (world.effective & 1 << later.number()) != 0) {
        return new Violation(Invariant.S3, message + " takes effect after " + later);
      }
    }
    return null;
  }

  // --- operators ------------------------------------------------------------------------------

  private void operate(World world, Successors next) {
    for (Message message : scenario.messages()) {
      SetAsideRow row = world.rows[message.number()];
      if (row != null && world.discards > 0 && protocol.rules().isDiscardable(row.state())) {
        World after = world.copy();
        after.discards--;
        after.discarded |= 1 << message.number();
        Stored.put(after, row.in(State.DISCARDED));
        boolean late = (world.effective & 1 << message.number()) != 0;
        next.add(
            after,
            false,
            () -> "an operator discards " + message,
            late ? new Violation(Invariant.S6, message + " had taken effect") : null);
      }
    }
    redrive(world, next);
  }

  private void redrive(World world, Successors next) {
    if (world.redrives == 0) {
      return;
    }
    if (protocol.has(Flaw.REDRIVEN_ABOVE_OLD_FLOOR) && world.redriveFloor == null) {
      World after = world.copy();
      after.redriveFloor = world.floor;
      next.add(after, false, () -> "a redrive reads the floor " + world.floor);
      return;
    }
    Position floor = world.redriveFloor == null ? world.floor : world.redriveFloor;
    for (Message first : scenario.messages()) {
      List<SetAsideRow> sequence = stored.rows(world, first.sender(), first.receiver());
      Optional<SetAsideRow> parked =
          sequence.stream().filter(row -> row.state() == State.PARKED).findFirst();
      if (parked.isPresent() && Stored.number(parked.get()) == first.number()) {
        redrive(world, first, sequence, floor, next);
      }
    }
  }

  /** A redrive may end after any of the rows: what is left is parked. */
  private void redrive(
      World world, Message first, List<SetAsideRow> sequence, Position floor, Successors next) {
    List<SetAsideRow> parked =
        sequence.stream().filter(row -> row.state() == State.PARKED).toList();
    for (int rows = 1; rows <= parked.size(); rows++) {
      World after = world.copy();
      after.redrives--;
      after.redriveFloor = null;
      stored.redrive(after, parked.subList(0, rows), floor);
      String of = "an operator redrives " + rows + " of the sequence of " + first;
      next.add(after, false, () -> of + holds(after));
    }
  }

  private static String holds(World world) {
    StringBuilder text = new StringBuilder();
    for (SetAsideRow row : world.rows) {
      if (row != null && row.state() == State.DEFERRED) {
        text.append(", m").append(Stored.number(row) + 1).append(" held at ").append(row.hold());
      }
    }
    return text.toString();
  }

  // --- what holds in every state --------------------------------------------------------------

  /** By what is stored alone; S1, S3 and S6 are judged as effects happen. */
  @Nullable Violation broken(World world) {
    for (Message message : scenario.messages()) {
      if (message.number() < world.committed
          && stored.isPassed(world, message)
          && isUndone(world, message)) {
        return new Violation(
            Invariant.S2, message + " is passed, has no effect, and nobody will deliver it");
      }
    }
    for (Receiver receiver : world.receivers) {
      for (Inbox.Mark mark : receiver.marks().values()) {
        if (!mark.position().isAfter(receiver.stable())) {
          return new Violation(Invariant.S4, "an id at or below stable is still in the set");
        }
      }
    }
    return null;
  }

  private static boolean isUndone(World world, Message message) {
    int bit = 1 << message.number();
    SetAsideRow row = world.rows[message.number()];
    boolean open = row != null && row.state().blocks();
    return ((world.effective | world.discarded) & bit) == 0 && !open;
  }

  /** When no worker has anything left to do by itself, and they cover all slices. */
  @Nullable Violation brokenAtRest(World world) {
    int senders = 0;
    for (Worker worker : world.workers) {
      if (worker.phase == Worker.Phase.ABSENT || worker.phase == Worker.Phase.DEAD) {
        continue;
      }
      if (!worker.isIdle()) {
        return null;
      }
      senders |= (worker.range.covers(0) ? 1 : 0) | (worker.range.covers(1) ? 2 : 0);
    }
    if (senders != 3) {
      return null;
    }
    for (Message message : scenario.messages()) {
      if (message.number() < world.committed && isUndone(world, message)) {
        return new Violation(Invariant.S2, message + " is neither handled nor set aside");
      }
    }
    if (Position.of(0, world.committed).isAfter(world.floor)) {
      return new Violation(
          Invariant.S4, "all is settled up to " + world.committed + ", floor is " + world.floor);
    }
    return null;
  }
}
