package dev.onewrite.spi;

import dev.onewrite.journal.SliceRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of all groups that wait outside the stream, so that the stream can go on. Every
 * method may block; each change is one transaction, durable when its method returns, but for {@link
 * #next} and {@link #redrive}: where a sequence has many rows, they take several.
 *
 * <p><b>Guarantee.</b> Changes of one group, and {@link Offsets#save} of it, happen one after the
 * other: each decides by all that was committed before. What they decide is in {@link Rules}.
 */
public interface SetAside {

  // --- for the workers of the stream ---------------------------------------------------------

  /**
   * Decides what becomes of an outgoing that came along the stream, and inserts its row, with its
   * attempts, if it is to be set aside: {@link Rules#place}. What was noted of it before is kept.
   */
  Placed place(SetAsideRow outgoing, Placed.Wish wish);

  /** Notes attempts of a message that stays in the stream; nothing if it is set aside already. */
  void note(SetAsideRow failing);

  /** The message was dealt with in the stream: what was noted of it goes. */
  void forget(SetAsideRow.Key key);

  /** Senders of these slices that have rows of any state, at most {@code max}. */
  Set<String> senders(String group, SliceRange slices, int max);

  /**
   * What deliveries may carry. The floor is read first and then the rows, or both in one snapshot.
   */
  Stable stable(String group);

  /** Removes the rows that {@link Rules#isOver} says are over; how many. */
  int clean(String group);

  // --- for the retrier ------------------------------------------------------------------------

  /**
   * Sequences that have deferred rows, by sender and receiver, the next after {@code after}, at
   * most {@code max}. One that cannot be read keeps no other one from being found.
   */
  List<Deferred> deferred(String group, SliceRange slices, @Nullable Deferred after, int max);

  /** What of the sequence is to be delivered now, by {@link Rules#retry}. */
  Optional<SetAsideRow> next(Sequence sequence);

  /**
   * Gives the row state and attempts of {@code to}, if it is still deferred with the same hold.
   *
   * @return whether it was
   */
  boolean advance(SetAsideRow to);

  // --- for operators --------------------------------------------------------------------------

  /** What waits, by group, sender and receiver: the first {@code max} that {@code which} takes. */
  List<Backlog> backlogs(Backlog.Filter which, int max);

  /** The rows of a sequence in the order emitted, of any state but FAILING; {@code max} of them. */
  List<SetAsideRow> rows(Sequence sequence, int max);

  /** All rows of one outgoing: one a receiver it was set aside for. */
  List<SetAsideRow> find(UUID id);

  /**
   * Lets the parked rows of a sequence be delivered again, in their order, by {@link
   * Rules#redriven}.
   *
   * <p><b>Guarantee.</b> The lowest first. Where it ends early, by a failure or because one that
   * was redriven is refused meanwhile, the rest is parked as before and may be redriven later.
   *
   * @return how many
   */
  int redrive(Sequence sequence);

  /**
   * A parked message is never to take effect.
   *
   * @return the state it had: only a parked one was discarded, any other stays as it is
   */
  Optional<SetAsideRow.State> discard(SetAsideRow.Key key, SetAsideRow.Discard discard);
}
