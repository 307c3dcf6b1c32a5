package dev.onewrite.spi;

import java.util.concurrent.CompletionStage;

/** Every entity, wherever it runs. */
@FunctionalInterface
public interface Entities {

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
