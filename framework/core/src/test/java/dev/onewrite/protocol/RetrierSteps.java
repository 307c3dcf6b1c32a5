package dev.onewrite.protocol;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.protocol.Protocol.Flaw;
import dev.onewrite.protocol.Scenario.Message;
import dev.onewrite.protocol.Successors.Invariant;
import dev.onewrite.protocol.Successors.Violation;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Rules.Ended;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker's retrier does: the deferred rows of each sequence, one after the other. */
final class RetrierSteps {

  private static final Payload NOTHING = new Payload("nothing", 1, new byte[0]);

  private final Scenario scenario;
  private final Protocol protocol;
  private final Rules rules;
  private final Stored stored;

  RetrierSteps(Scenario scenario, Protocol protocol, Stored stored) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.rules = protocol.rules();
    this.stored = stored;
  }

  static Ended ended(Answer.Kind kind) {
    return switch (kind) {
      case HANDLED -> Ended.HANDLED;
      case SETTLED -> Ended.SETTLED;
      case FAILED -> Ended.FAILED;
      case REFUSED -> Ended.REFUSED;
    };
  }

  /** Whether this is the answer to that copy. */
  static boolean isMeant(Protocol protocol, Answer answer, Message message, int copy) {
    if (protocol.has(Flaw.POSITION_NOT_MATCHED)) {
      return answer.id().equals(message.id());
    }
    Address receiver = message.address();
    Outgoing outgoing = new Outgoing.Sent(message.id(), receiver, NOTHING);
    return answer.answers(
        new Delivery(receiver, Network.delivered(copy, message), outgoing, false));
  }

  void after(World world, int number, Successors next) {
    if (!world.workers[number].isRunning()) {
      return;
    }
    for (int sender = 0; sender < 2; sender++) {
      for (int receiver = 0; receiver < scenario.receivers(); receiver++) {
        if (world.workers[number].range.covers(sender)) {
          sequence(world, number, sender, receiver, next);
        }
      }
    }
  }

  private void sequence(World world, int number, int sender, int receiver, Successors next) {
    SetAsideRow attempted = world.workers[number].retrying[sender * 2 + receiver];
    if (attempted != null) {
      hear(world, number, attempted, sender * 2 + receiver, next);
      return;
    }
    boolean deferred =
        stored.rows(world, sender, receiver).stream()
            .anyMatch(row -> row.state() == State.DEFERRED);
    if (deferred) {
      attempt(world, number, sender, receiver, next);
    }
  }

  private void attempt(World world, int number, int sender, int receiver, Successors next) {
    String who = "w" + (number + 1) + " ";
    World after = world.copy(number);
    Worker worker = after.workers[number];
    worker.known |= scenario.messagesOf(sender);
    Optional<SetAsideRow> row = stored.next(after, sender, receiver);
    if (row.isEmpty()) {
      parkOne(world, number, sender, receiver, next);
      next.add(after, true, () -> who + "finds nothing to retry", waiting(after, sender, receiver));
      return;
    }
    SetAsideRow chosen = row.get();
    worker.retrying[sender * 2 + receiver] = chosen;
    boolean last = rules.isLast(chosen.attempts(), scenario.attemptsMax());
    Position stable = worker.promise[receiver];
    int copy = Network.copy(Stored.number(chosen), chosen.hold(), stable, last);
    after.copies = World.with(world.copies, copy);
    Message message = scenario.messages().get(Stored.number(chosen));
    next.add(after, true, () -> who + "retries " + Network.copyText(copy, message));
  }

  /** The process may die when it has parked some, and others come in between. */
  private void parkOne(World world, int number, int sender, int receiver, Successors next) {
    World after = world.copy(number);
    after.workers[number].known |= scenario.messagesOf(sender);
    stored.next(after, sender, receiver, 1);
    if (waiting(after, sender, receiver) != null) {
      next.add(after, true, () -> "w" + (number + 1) + " parks one that is behind a parked one");
    }
  }

  /** What is deferred behind a parked one holds back what is stable for as long as nobody looks. */
  private @Nullable Violation waiting(World world, int sender, int receiver) {
    List<SetAsideRow> rows = stored.rows(world, sender, receiver);
    boolean waits = rows.stream().anyMatch(row -> row.state() == State.DEFERRED);
    return waits ? new Violation(Invariant.S5, "a deferred row waits for an operator") : null;
  }

  private void hear(World world, int number, SetAsideRow row, int sequence, Successors next) {
    Message message = scenario.messages().get(Stored.number(row));
    int copy = Network.copy(message.number(), row.hold(), Position.START, false);
    for (int code : world.answers) {
      if (Network.messageOf(code) == message.number()) {
        Answer answer = Network.answer(code, message);
        if (isMeant(protocol, answer, message, copy)) {
          write(world, number, row, sequence, ended(answer.kind()), next);
        }
      }
    }
    write(world, number, row, sequence, Ended.SILENT, next);
  }

  private void write(
      World world, int number, SetAsideRow row, int sequence, Ended ended, Successors next) {
    World after = world.copy(number);
    after.workers[number].retrying[sequence] = null;
    int failed = row.attempts().failed();
    if (ended == Ended.FAILED || ended == Ended.REFUSED) {
      failed = Math.min(failed + 1, scenario.attemptsMax());
    }
    SetAsideRow to = row.in(rules.after(ended)).after(new Attempts(failed, failed, null, null));
    stored.advance(after, to);
    String what = "w" + (number + 1) + " hears of its retry of m" + (Stored.number(row) + 1) + ": ";
    next.add(after, true, () -> what + ended);
  }
}
