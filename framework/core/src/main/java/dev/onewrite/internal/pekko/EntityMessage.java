package dev.onewrite.internal.pekko;

import dev.onewrite.component.OnewriteException;
import dev.onewrite.internal.engine.Inbox;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What others say to an entity. */
sealed interface EntityMessage {

  /**
   * The row of the entity's history that this message comes from; 0 if it comes from elsewhere. An
   * entity that has not folded that row is behind its journal and must not say that it awaits
   * nothing: perhaps it only does not know yet.
   */
  default long row() {
    return 0;
  }

  /** Its batch is durable: tells the sender. */
  default void committed(Batch batch) {}

  /** Tells the sender that nothing was done, or that nobody knows. */
  void refuse(OnewriteException reason);

  /** An outgoing of another entity. */
  record Deliver(Delivery delivery, ActorRef<Delivered> replyTo) implements EntityMessage {
    @Override
    public void refuse(OnewriteException reason) {
      // Not a refusal by the handler: whether it was handled is unknown, so this is silence.
      replyTo.tell(new Delivered.Silence(reason.getMessage()));
    }

    /** What the inbox says of one that is not new. */
    void answer(Inbox.Verdict verdict, @Nullable String refusal) {
      Answer.Kind kind =
          switch (verdict) {
            case HANDLED -> Answer.Kind.HANDLED;
            case SETTLED -> Answer.Kind.SETTLED;
            case REFUSED -> Answer.Kind.REFUSED;
            case NEW -> throw new AssertionError("a new delivery has no answer yet");
          };
      answer(kind, refusal == null ? "" : refusal);
    }

    @Override
    public void committed(Batch batch) {
      String refusal = batch.refusal();
      answer(refusal == null ? Inbox.Verdict.HANDLED : Inbox.Verdict.REFUSED, refusal);
    }

    void answer(Answer.Kind kind, String reason) {
      replyTo.tell(new Delivered.Answered(Answer.of(delivery, kind, reason)));
    }
  }

  /** How a delivery was answered. */
  sealed interface Delivered extends Wire {
    /** By the receiver. */
    record Answered(Answer answer) implements Delivered {}

    /** Not by the receiver: perhaps handled. */
    record Silence(String reason) implements Delivered {}
  }

  /** A message or question from outside. */
  record Request(String requestId, Payload payload, ActorRef<Reply> replyTo)
      implements EntityMessage {
    @Override
    public void committed(Batch batch) {
      replyTo.tell(new Reply(batch.reply(), null));
    }

    @Override
    public void refuse(OnewriteException reason) {
      replyTo.tell(Reply.failed(reason));
    }
  }

  /** Something this entity waits for: it takes effect once, as it is waited for once. */
  sealed interface Awaited extends EntityMessage {

    ActorRef<Settlement> replyTo();

    @Override
    default void committed(Batch batch) {
      settle();
    }

    /** It has taken effect, and that is durable; or nobody waits for it. */
    default void settle() {
      replyTo().tell(new Settlement(true, ""));
    }

    @Override
    default void refuse(OnewriteException reason) {
      replyTo().tell(new Settlement(false, reason.getMessage()));
    }
  }

  /** Whether something awaited is over; if not, it has to be brought again. */
  record Settlement(boolean settled, String reason) implements Wire {}

  /** A timer of this entity that is due; {@code skip}: spend it without effect. */
  record Fire(String timerId, long row, boolean skip, ActorRef<Settlement> replyTo)
      implements Awaited {}

  /** The result of an activity of this entity. */
  record Complete(String activityId, long row, Payload result, ActorRef<Settlement> replyTo)
      implements Awaited {}

  /** Whether this entity still waits for the result of an activity: settled if not. */
  record Inquire(String activityId, long row, ActorRef<Settlement> replyTo)
      implements EntityMessage {
    void answer(boolean over) {
      replyTo.tell(new Settlement(over, ""));
    }

    @Override
    public void committed(Batch batch) {
      answer(true);
    }

    @Override
    public void refuse(OnewriteException reason) {
      replyTo.tell(new Settlement(false, reason.getMessage()));
    }
  }

  /**
   * Shows the committed state to the observers of this entity, of which one is new.
   *
   * @param watcher of another node, or of this one in a cluster
   */
  record Show(@Nullable ActorRef<WatchMessage> watcher) implements EntityMessage {
    void tell(WatchMessage.@Nullable Shown state) {
      if (watcher != null && state != null) {
        watcher.tell(state);
      }
    }

    @Override
    public void refuse(OnewriteException reason) {
      // An observer of an entity that cannot recover has nothing to see; its callers hear why.
    }
  }
}
