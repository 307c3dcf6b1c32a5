package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.ForwarderSetup;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What reading the tail takes.
 *
 * @param blocking where it is read
 * @param full whether as much as may be is in memory already
 */
record TailReader(
    ForwarderSetup setup, SliceRange slices, Executor blocking, BooleanSupplier full) {}
