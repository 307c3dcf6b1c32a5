package dev.onewrite.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** {@code onewrite.js}, which a page imports. It holds no secret, so nobody is asked. */
final class BrowserClient {

  private static final byte @Nullable [] SCRIPT = read();

  private BrowserClient() {}

  static HttpResponse response() {
    if (SCRIPT == null) {
      throw Trouble.NO_SUCH_PATH.refusal("The browser client is not on the class path.");
    }
    return Responses.script(SCRIPT);
  }

  private static byte @Nullable [] read() {
    try (InputStream in = BrowserClient.class.getResourceAsStream("onewrite.js")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
