package dev.onewrite.spi;

/** Told each time a {@link FaultPoint} is passed. It may throw, block or never return. */
@FunctionalInterface
public interface Faults {

  Faults NONE = point -> {};

  void reached(FaultPoint point);
}
