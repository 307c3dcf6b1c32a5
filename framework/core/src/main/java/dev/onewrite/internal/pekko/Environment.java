package dev.onewrite.internal.pekko;

import dev.onewrite.component.Incident;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.engine.Surroundings;
import dev.onewrite.spi.Faults;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What all entities of a node share. */
record Environment(
    Settings settings,
    Surroundings turns,
    Clock clock,
    Executor blocking,
    Observers observers,
    Consumer<Incident> incidents,
    Faults faults) {

  PayloadCodec payloads() {
    return turns.payloads();
  }
}
