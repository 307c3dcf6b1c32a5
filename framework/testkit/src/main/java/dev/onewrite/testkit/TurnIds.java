package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.internal.engine.Ids;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that are the same in each run of a test: made of entity, turn and place in the turn. */
final class TurnIds implements Ids {

  private final Address entity;
  private long turn;
  private int next;

  TurnIds(Address entity) {
    this.entity = entity;
  }

  /** The ids from here on are those of turn {@code number}. */
  void turn(long number) {
    turn = number;
    next = 0;
  }

  @Override
  public UUID next() {
    String name = entity.persistenceId() + "/" + turn + "/" + next++;
    UUID hashed = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    long version7 = (hashed.getMostSignificantBits() & ~0xF000L) | 0x7000L;
    return new UUID(version7, hashed.getLeastSignificantBits());
  }
}
