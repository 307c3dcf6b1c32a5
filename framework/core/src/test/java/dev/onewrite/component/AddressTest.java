package dev.onewrite.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  private static RefusedException assertInvalid(String component, String entityId) {
    RefusedException thrown =
        assertThrows(RefusedException.class, () -> new Address(component, entityId));
    assertEquals("OW101", thrown.code());
    return thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 199, 200})
  void part_upToTheLimit_isTaken(int length) {
    Address address = new Address("c".repeat(length), "e".repeat(length));

    assertEquals(2 * length + 1, address.persistenceId().length());
    assertEquals(address, Address.ofPersistenceId(address.persistenceId()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 201, 100_000})
  void part_emptyOrOverTheLimit_isRefused(int length) {
    assertInvalid("c".repeat(length), "e");
    RefusedException e = assertInvalid("c", "e".repeat(length));

    assertTrue(e.getMessage().contains("entity id"), e.getMessage());
    assertTrue(e.getMessage().length() < 300, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "a\0b", "\ud800", "\udc00", "a\ud800", "\udc00\ud800", "\ud83d\ud83d"})
  void part_withNulOrHalfASurrogatePair_isRefused(String part) {
    assertInvalid(part, "e");
    assertInvalid("c", part);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "😀", "世界", "a\nb", "../x", "\ud83d\ude00\ud83d\ude00"})
  void part_withAnyOtherCharacter_isTaken(String part) {
    assertEquals(part, new Address(part, part).entityId());
  }

  @Test
  void bar_inTheComponent_isRefusedAndInTheEntityIdTaken() {
    assertInvalid("a|b", "e");

    Address address = new Address("a", "b|c|");

    assertEquals("a|b|c|", address.persistenceId());
    assertEquals(address, Address.ofPersistenceId("a|b|c|"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "form", "|", "form|", "|42"})
  void persistenceId_ofAnotherForm_isRefused(String id) {
    RefusedException e = assertThrows(RefusedException.class, () -> Address.ofPersistenceId(id));

    assertEquals("OW101", e.code());
  }

  @Test
  void componentName_thatIsNoPartOfAnAddress_isRefusedWhenDefined() {
    for (String name : new String[] {"", "a|b", "x".repeat(201), "\0"}) {
      RefusedException e =
          assertThrows(RefusedException.class, () -> Component.define(name, Object.class));
      assertEquals("OW101", e.code());
    }
  }
}
