package dev.onewrite.spi;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A consumer group: one receiving component, or the calls to the outside; its offset is its own.
 */
public interface Group {

  /** The group that keeps the index of timers. No component has its name: a name has no bar. */
  String TIMERS = "|timers";

  /** The group of the calls to the outside that entities of {@code component} start. */
  static String activities(String component) {
    return "|activities/" + component;
  }

  /** The component's name; one that no component can have, for other groups. */
  String name();

  /**
   * Whether the rows of one sender are dealt with one after the other, and the deliveries of one
   * row too.
   */
  boolean ordered();

  /**
   * What of this row goes to this group, in the order it was emitted; what is stable each of them
   * gets at its attempt. Pure.
   *
   * @throws dev.onewrite.component.OnewriteException if the row cannot be read
   */
  List<Delivery> deliveries(TailRow row);

  /**
   * Hands one delivery to its receiver.
   *
   * <p><b>When.</b> The stage completes after the receiver's commit.
   *
   * <p><b>Failure.</b> It fails where no answer came (a time-out, an entity that cannot recover):
   * then the message was perhaps handled. Deliver it again, with the same cause.
   */
  CompletionStage<Answer> deliver(Delivery delivery);
}
