package dev.onewrite.component;

import java.util.UUID;
import java.util.function.Function;

/**
 * Something that went wrong while nobody was asking. It is logged and told to the {@code onError}
 * hooks; nothing is lost by it, and what can be tried again is tried again.
 */
public sealed interface Incident {

  /** What happened, in one sentence, with codes where there are any. */
  String text();

  <R> R match(
      Function<? super Redelivered, R> redelivered,
      Function<? super Parked, R> parked,
      Function<? super Undeliverable, R> undeliverable,
      Function<? super PersistFailed, R> persistFailed,
      Function<? super TimerFailed, R> timerFailed,
      Function<? super Unreadable, R> unreadable);

  /**
   * A delivery has failed, or gone unanswered, {@code attempts} times and will be tried again.
   * Later messages of the sender to this receiver wait behind it.
   */
  record Redelivered(Address sender, Address receiver, int attempts, String reason)
      implements Incident {
    @Override
    public String text() {
      return "A message of "
          + sender
          + " to "
          + receiver
          + " has failed "
          + attempts
          + " times and will be tried again: "
          + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return redelivered.apply(this);
    }
  }

  /**
   * A message was refused for good and set aside, with all that its sender sends after it to this
   * receiver. It waits for a redrive, or to be discarded.
   */
  record Parked(Address sender, Address receiver, UUID id, int attempts, String reason)
      implements Incident {
    @Override
    public String text() {
      return "Message "
          + id
          + " of "
          + sender
          + " to "
          + receiver
          + " was refused "
          + attempts
          + " times and is parked, with what follows it: "
          + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return parked.apply(this);
    }
  }

  /** A row of the journal cannot be delivered from. Later rows of the sender wait behind it. */
  record Undeliverable(Address sender, long sequenceNumber, String group, String reason)
      implements Incident {
    @Override
    public String text() {
      return "What row "
          + sequenceNumber
          + " of "
          + sender
          + " has for "
          + group
          + " cannot be delivered: "
          + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return undeliverable.apply(this);
    }
  }

  /** A write failed, or its outcome is unknown. The entity reads its journal and goes on. */
  record PersistFailed(Address entity, String reason) implements Incident {
    @Override
    public String text() {
      return "A write of " + entity + " failed, its journal decides: " + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return persistFailed.apply(this);
    }
  }

  /** The turn of a timer has failed {@code attempts} times; the timer will be fired again. */
  record TimerFailed(Address entity, String timerId, int attempts, String reason)
      implements Incident {
    @Override
    public String text() {
      return "Timer "
          + timerId
          + " of "
          + entity
          + " has failed "
          + attempts
          + " times and will be fired again: "
          + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return timerFailed.apply(this);
    }
  }

  /**
   * A message that is deferred says of itself nothing that its sender and receiver could be known
   * by. It is left out, with what follows it, and all others flow; {@code verify} shows the row.
   */
  record Unreadable(String group, String sender, String receiver, String reason)
      implements Incident {
    @Override
    public String text() {
      return "What is deferred of '"
          + sender
          + "' to '"
          + receiver
          + "' for "
          + group
          + " cannot be read and is left out: "
          + reason;
    }

    @Override
    public <R> R match(
        Function<? super Redelivered, R> redelivered,
        Function<? super Parked, R> parked,
        Function<? super Undeliverable, R> undeliverable,
        Function<? super PersistFailed, R> persistFailed,
        Function<? super TimerFailed, R> timerFailed,
        Function<? super Unreadable, R> unreadable) {
      return unreadable.apply(this);
    }
  }
}
