package dev.onewrite.internal.engine;

import java.util.UUID;

/** Where ids of outgoings come from. */
@FunctionalInterface
public interface Ids {

  /** A new UUIDv7. */
  UUID next();
}
