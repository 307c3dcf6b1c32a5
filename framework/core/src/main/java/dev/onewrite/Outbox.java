package dev.onewrite;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The messages that wait outside the stream: deferred ones are tried again in the background,
 * parked ones wait for a redrive or to be discarded. Its methods read and write the store and may
 * block.
 */
public final class Outbox {

  private final SetAside rows;
  private final InstantSource clock;

  Outbox(SetAside rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Sequences that wait behind a parked message, at most {@code max}. */
  public List<Backlog> parked(int max) {
    return waiting(Backlog.Filter.ANY.behind(SetAsideRow.State.PARKED), max);
  }

  /** Sequences that wait behind a message that is tried again, at most {@code max}. */
  public List<Backlog> deferred(int max) {
    return waiting(Backlog.Filter.ANY.behind(SetAsideRow.State.DEFERRED), max);
  }

  /**
   * Who waits for whom: the receiver of each backlog, for the messages of its sender. Nobody else
   * waits for these. At most {@code max} of those that {@code which} takes.
   */
  public List<Backlog> waiting(Backlog.Filter which, int max) {
    return rows.backlogs(which, max);
  }

  /**
   * The blast radius of a message: who waits with it or behind it, one backlog for each receiver
   * for which it is parked or deferred. Everything else flows.
   */
  public List<Backlog> behind(UUID id) {
    return rows.find(id).stream()
        .filter(row -> row.state().blocks())
        .flatMap(row -> waiting(Backlog.Filter.of(row.sequence()), 1).stream())
        .toList();
  }

  /** What is set aside of a sequence, in the order it was emitted, at most {@code max}. */
  public List<SetAsideRow> rows(Sequence sequence, int max) {
    return rows.rows(sequence, max);
  }

  /** What is set aside of message {@code id}: a row for each receiver it was set aside for. */
  public List<SetAsideRow> rows(UUID id) {
    return rows.find(id);
  }

  /**
   * Lets all parked messages of a sequence be delivered again.
   *
   * <p><b>When.</b> Within about a second, by whichever node has the sender's share.
   *
   * <p><b>Guarantee.</b> In the order emitted, each takes effect once; what is refused again is
   * parked again, with what follows it.
   *
   * @return how many; 0 if none is parked
   */
  public int redrive(Sequence sequence) {
    return rows.redrive(sequence);
  }

  /** The same for every sequence in which message {@code id} is parked. */
  public int redrive(UUID id) {
    return rows.find(id).stream()
        .filter(row -> row.state() == SetAsideRow.State.PARKED)
        .mapToInt(row -> rows.redrive(row.sequence()))
        .sum();
  }

  /**
   * Decides that a parked message never takes effect at {@code receiver}. What is parked behind it
   * stays parked: redrive it.
   *
   * @param by who decides
   * @param reason why; kept for good
   * @throws RefusedException OW160 without a name or a reason, OW161 if the message is not parked
   */
  public void discard(UUID id, Address receiver, String by, String reason) {
    requireSaid(id, by, reason);
    SetAsideRow.Discard discard =
        new SetAsideRow.Discard(by, new Attempts.Note(clock.instant(), reason));
    boolean discarded =
        rows.find(id).stream()
            .filter(row -> row.sequence().receiver().equals(receiver))
            .map(row -> rows.discard(row.key(), discard))
            .anyMatch(state -> state.filter(SetAsideRow.State.PARKED::equals).isPresent());
    if (!discarded) {
      throw notParked(id + " to " + receiver);
    }
  }

  /**
   * The same for a message that is set aside for one receiver.
   *
   * @throws RefusedException OW160 without a name or a reason, OW161 if the message is not parked,
   *     OW162 if it is set aside for several receivers
   */
  public void discard(UUID id, String by, String reason) {
    requireSaid(id, by, reason);
    List<Address> receivers =
        rows.find(id).stream()
            .filter(row -> row.state().blocks())
            .map(row -> row.sequence().receiver())
            .distinct()
            .toList();
    if (receivers.size() > 1) {
      throw new RefusedException(
          "OW162",
          "Message "
              + id
              + " is set aside for several receivers, so it was not discarded: "
              + receivers.stream().map(Address::toString).collect(Collectors.joining(", "))
              + ". Say at which of them it is never to take effect.");
    }
    discard(id, receivers.stream().findFirst().orElseThrow(() -> notParked(id + "")), by, reason);
  }

  private static void requireSaid(UUID id, String by, String reason) {
    if (by.isBlank() || reason.isBlank()) {
      throw new RefusedException(
          "OW160",
          "Message "
              + id
              + " was not discarded: who decides it and why is missing. It would never take effect,"
              + " so somebody will ask.");
    }
  }

  private static RefusedException notParked(String message) {
    return new RefusedException(
        "OW161",
        "Message "
            + message
            + " is not parked, so it was not discarded. Of one that is discarded already or handled"
            + " nothing is left to decide; of a deferred one a copy may be under way: it can be"
            + " discarded once its receiver has refused it.");
  }
}
