package dev.onewrite;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Payload;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A way to one entity, wherever it runs. Cheap to make and to keep; the entity need not exist.
 *
 * <p><b>Request ids.</b> Every call has one; without one given, a new UUID. A call whose outcome is
 * unknown ({@link dev.onewrite.component.RetryableException}) is made again <em>with the same
 * id</em>: if it was journaled, the recorded reply comes back and nothing happens twice. The same
 * id with another message is refused (OW171). An entity remembers its last {@code
 * onewrite.requests-retained} requests; beyond that a repeated UUIDv7 is refused (OW172), and any
 * other id is taken for a new request. A UUIDv7 that is not remembered and older than {@code
 * onewrite.requests-retained-for} is refused, too (OW173), and so is one from the future, by more
 * than {@code onewrite.requests-ahead-max} (OW174). So give UUIDs of version 7.
 *
 * <p><b>Failure.</b> Stages complete exceptionally with an {@link
 * dev.onewrite.component.OnewriteException}; invalid calls (OW101, OW102, OW108) throw at once.
 */
public interface Ref<M> {

  /** The entity's address, for {@link dev.onewrite.component.Turn#send}. */
  Address address();

  /** Sends a message; the stage completes after the commit of its turn. */
  CompletionStage<Void> tell(M message);

  /** As {@link #tell(Object)}, under a request id of the caller's: 1 to 200 characters. */
  CompletionStage<Void> tell(M message, String requestId);

  /**
   * Sends a message, or asks a read-only question.
   *
   * <p><b>When.</b> The stage completes with what the handler replied, after the commit of its
   * turn; or with what an answerer answered, from committed state.
   *
   * <p><b>Failure.</b> OW110 if the turn committed without a reply, OW111 if the reply is of
   * another type; the turn counts in both cases.
   */
  <R> CompletionStage<R> ask(M message, Class<R> reply);

  /** As {@link #ask(Object, Class)}, under a request id of the caller's. */
  <R> CompletionStage<R> ask(M message, Class<R> reply, String requestId);

  /**
   * As {@link #ask(Object, Class, String)}, with the reply as it is recorded: for who hands it on
   * and has no class for it. Empty if the turn committed without a reply.
   */
  CompletionStage<Optional<Payload>> request(M message, String requestId);

  /**
   * Shows {@code observer} the committed states of the entity: the one of now, then each newer.
   *
   * <p><b>Guarantee.</b> Committed states only, never an older one after a newer. A slow observer
   * misses states in between; the newest always comes. Calls do not overlap.
   *
   * @param context what the component's context is
   * @return ends it
   */
  <C> Observation observe(Class<C> context, Consumer<Committed<C>> observer);
}
