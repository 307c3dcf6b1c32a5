package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.delivery;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdempotencyKeyTest {

  private static final Address FORM = new Address("form", "1");

  @Test
  void key_ofOneMessage_isTheSameHoweverOftenItComes() {
    Cause.Delivered first = delivery(1, 5, 0);
    Cause.Delivered redriven =
        new Cause.Delivered(
            first.id(), first.sender(), new Position(0, 9, 2), 0, Position.of(0, 8));

    assertEquals(IdempotencyKey.of(FORM, first), IdempotencyKey.of(FORM, redriven));
    assertEquals(
        IdempotencyKey.of(FORM, new Cause.Requested("r")),
        IdempotencyKey.of(FORM, new Cause.Requested("r")));
    assertEquals(
        IdempotencyKey.of(FORM, new Cause.Fired("t")),
        IdempotencyKey.of(FORM, new Cause.Fired("t")));
  }

  @Test
  void keys_ofDifferentMessages_differ() {
    UUID id = new UUID(0, 1);
    List<Address> entities =
        List.of(
            FORM,
            new Address("form", "2"),
            new Address("audit", "1"),
            new Address("form", "1/requested/a"));
    List<Cause> causes =
        List.of(
            delivery(1, 5, 0),
            delivery(2, 5, 0),
            new Cause.Requested(id.toString()),
            new Cause.Fired(id.toString()),
            new Cause.Completed(id.toString()),
            new Cause.Requested("b"),
            new Cause.Requested("a/requested/b"));
    Set<String> keys = new HashSet<>();

    entities.forEach(entity -> causes.forEach(cause -> keys.add(IdempotencyKey.of(entity, cause))));

    assertEquals(entities.size() * causes.size(), keys.size());
  }
}
