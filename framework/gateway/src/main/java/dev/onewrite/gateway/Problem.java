package dev.onewrite.gateway;

import dev.onewrite.component.BrokenException;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RetryableException;
import java.util.Map;

/**
 * A refusal, as RFC 9457 has it.
 *
 * @param detail what the client is told; nothing of the inside of the server
 * @param retryable whether the same request, with the same key, may succeed
 */
record Problem(int status, String code, String detail, boolean retryable) {

  /** Of codes whose status is not 422. A handler that threw may be mended: worth trying again. */
  private static final Map<String, Integer> STATUS =
      Map.of("OW101", 400, "OW102", 413, "OW106", 500, "OW107", 503, "OW112", 503, "OW114", 404);

  private static final String SEE_LOG = "The request failed. The server's log says why.";

  static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, status == 429 || status == 503);
  }

  /** What an entity's failure is to the client. */
  static Problem of(OnewriteException failure) {
    int status =
        failure instanceof BrokenException
            ? 500
            : STATUS.getOrDefault(
                failure.code(), failure instanceof RetryableException ? 503 : 422);
    return of(status, failure.code(), status == 500 ? SEE_LOG : failure.getMessage());
  }

  /** Of a failure without a code. */
  static Problem unexpected() {
    return of(500, "OW799", SEE_LOG);
  }
}
