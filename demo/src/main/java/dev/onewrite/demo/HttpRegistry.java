package dev.onewrite.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The registry, over HTTP. */
public final class HttpRegistry implements Registry {

  /*
   * The JDK's older client: the newer one prepares for TLS when it is made, a tenth of the time in
   * which this application starts, and it starts often.
   */

  static final String KEY = "Idempotency-Key";

  /** 5 s: a hundred times what the registry takes. A hung call fails its turn, not the demo. */
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();

  private final URI uri;

  public HttpRegistry(URI uri) {
    this.uri = uri;
  }

  @Override
  public String save(String form, Content content, String idempotencyKey) throws IOException {
    String query = "?form=" + URLEncoder.encode(form, StandardCharsets.UTF_8);
    HttpURLConnection call = (HttpURLConnection) URI.create(uri + query).toURL().openConnection();
    call.setConnectTimeout(TIMEOUT_MILLIS);
    call.setReadTimeout(TIMEOUT_MILLIS);
    call.setRequestProperty(KEY, idempotencyKey);
    call.setDoOutput(true);
    call.getOutputStream().write(content.toString().getBytes(StandardCharsets.UTF_8));
    if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("the registry answered " + call.getResponseCode());
    }
    try (InputStream receipt = call.getInputStream()) {
      return new String(receipt.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
