package dev.onewrite.component;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One handler invocation, for one message. All that the handler does here becomes one journaled
 * batch when it returns: all of it, or, if it throws, none.
 *
 * <p>A turn may be used from another thread than the handler's, while the handler runs (or, with
 * {@code onAsync}, until its stage completes). Afterwards every method throws OW103.
 *
 * @param <S> the machine's states
 * @param <C> its context
 * @param <E> its events
 */
public interface Turn<S, C, E> {

  /** The entity whose turn this is. */
  Address self();

  /** Who sent the message, if another entity did. */
  Optional<Address> sender();

  /** The time of this turn, as its batch records it. */
  Instant now();

  /**
   * The machine, on a tentative copy of the state: this handler sees what it sent, nobody else does
   * before the commit.
   */
  TurnMachine<S, C, E> machine();

  /**
   * Replaces the context of a component that has no machine of its own.
   *
   * @throws RefusedException OW117 if it has one: there, transitions assign
   */
  void assign(UnaryOperator<C> next);

  /**
   * Adds {@code event} to this turn's batch, for every component that subscribes to it.
   *
   * <p><b>When.</b> Nothing leaves before the journal has acknowledged the whole batch.
   *
   * <p><b>Guarantee.</b> Takes effect once at each subscriber, in emit order per subscriber.
   *
   * <p><b>Limit.</b> {@value dev.onewrite.journal.Batch#OUTGOINGS_MAX} outgoings a turn (OW104),
   * {@code onewrite.payload-bytes-max} bytes each (OW102).
   *
   * @throws RefusedException OW103 if the handler has already returned, OW108 if the event is no
   *     record that can be encoded
   */
  void emit(Object event);

  /**
   * Adds {@code message} to this turn's batch, for the entity at {@code to}. Guarantees and limits
   * are those of {@link #emit}.
   */
  void send(Address to, Object message);

  /** The named timers of this entity. */
  TurnTimers timers();

  /**
   * Starts an activity of this component: a call to the outside that runs after the commit. Its
   * result comes back to this entity in a turn of its own, to the handler given to {@code
   * onResult}; so does {@link ActivityFailed} if it fails for good.
   *
   * @return the activity's id
   * @throws RefusedException OW118 if the component has no such activity, or it takes another
   *     input; else as {@link #emit}
   */
  String invoke(String activity, Object input);

  /**
   * Answers the {@code ask} that started this turn, after the commit. Recorded with the request id:
   * a repeated request gets the same reply. Without an {@code ask} it is recorded and unheard.
   *
   * @throws RefusedException OW116 if this turn has replied already
   */
  void reply(Object reply);

  /**
   * A key for outside services, the same each time this message is handled, whatever crashed in
   * between; different for every other message.
   */
  String idempotencyKey();
}
