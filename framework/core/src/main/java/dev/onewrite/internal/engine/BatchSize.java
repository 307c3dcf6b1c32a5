package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import java.util.Objects;
import java.util.stream.Stream;

/** The size of a batch as a whole: each part has its limit, and there may be many. */
final class BatchSize {

  private BatchSize() {}

  /**
   * The batch itself.
   *
   * @param kept bytes of what the machine keeps besides its context: events of delayed raises,
   *     output
   * @throws RefusedException OW170 if its values take more than {@link Batch#BYTES_MAX}
   */
  static Batch checked(Address entity, long kept, Batch batch) {
    long bytes =
        kept
            + Stream.of(
                    batch.events().stream(),
                    batch.outgoings().stream().map(Outgoing::payload),
                    batch.timers().stream().map(TimerSet::payload),
                    Stream.of(batch.outcome()).map(outcome -> outcome.context()),
                    Stream.ofNullable(batch.reply()))
                .flatMap(payloads -> payloads)
                .filter(Objects::nonNull)
                .map(Payload::bytes)
                .mapToLong(value -> value.length)
                .sum();
    if (bytes > Batch.BYTES_MAX) {
      throw new RefusedException(
          "OW170",
          "The turn of "
              + entity
              + " comes to "
              + bytes
              + " bytes of events, messages, timers, context, delayed raises, output and reply; a"
              + " batch may have "
              + Batch.BYTES_MAX
              + ". It is not journaled. Send references to what is large, or go on in a further turn"
              + " by sending yourself a message.");
    }
    return batch;
  }
}
