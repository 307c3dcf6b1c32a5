package dev.onewrite.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.component.OnewriteException;
import org.junit.jupiter.api.function.Executable;

/** Failures by kind and code. */
final class Coded {

  private Coded() {}

  static <T extends OnewriteException> T assertCode(
      String code, Class<T> kind, Executable executable) {
    T thrown = assertThrows(kind, executable);
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }
}
