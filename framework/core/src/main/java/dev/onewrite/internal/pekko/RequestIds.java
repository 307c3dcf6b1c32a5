package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;

/** What may be a request id. */
final class RequestIds {

  private RequestIds() {}

  static void check(String requestId) {
    if (requestId.isEmpty()
        || requestId.length() > Address.LENGTH_MAX
        || requestId.indexOf('\0') >= 0) {
      throw new RefusedException(
          "OW101",
          "A request id has "
              + requestId.length()
              + " characters or a NUL among them. Nothing was sent. Use 1 to "
              + Address.LENGTH_MAX
              + " characters, none of them NUL.");
    }
  }
}
