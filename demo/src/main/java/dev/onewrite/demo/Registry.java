package dev.onewrite.demo;

import java.io.IOException;

/** Where forms are saved, outside the process: it takes its time and fails now and then. */
@FunctionalInterface
public interface Registry {

  /**
   * Saves a form, once for each {@code idempotencyKey}.
   *
   * @return the receipt; for a key it has seen, the same one again
   * @throws IOException if it failed; whether it saved is then unknown
   */
  String save(String form, Content content, String idempotencyKey) throws IOException;
}
