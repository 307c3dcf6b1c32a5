package dev.onewrite.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The registry: lives in the driver, so no crash of the application makes it forget. It is slow,
 * fails now and then (before it saved, or after, so that only the answer is lost), and saves once
 * for each idempotency key.
 */
public final class RegistryServer implements AutoCloseable {

  /** How it behaves. */
  public record Temper(int delayMillisMin, int delayMillisMax, int failuresPercent) {

    /** For the story: slower than a commit, and failing more often than anything should. */
    static final Temper MOODY = new Temper(5, 40, 10);

    /** For measuring latencies: out of the way. */
    static final Temper QUICK = new Temper(1, 1, 0);

    @Override
    public String toString() {
      return delayMillisMin == delayMillisMax
          ? delayMillisMin + " ms"
          : delayMillisMin + " to " + delayMillisMax + " ms";
    }
  }

  /**
   * What it has seen.
   *
   * @param saves keys it saved for
   * @param repeats calls with a key it had saved for
   * @param failures calls it failed on purpose
   * @param unheard calls whose caller was gone when the answer came
   * @param doubled saves of a form beyond its first, under another key
   */
  record Seen(int saves, int repeats, int failures, long unheard, int doubled) {}

  private final Temper temper;
  private final SplittableRandom moods;
  private final HttpServer server;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, String> receiptsByKey = new HashMap<>();
  private final Map<String, Set<String>> keysByForm = new HashMap<>();
  private final LongAdder unheard = new LongAdder();
  private int repeats;
  private int failures;

  private RegistryServer(Temper temper, long seed, HttpServer server) {
    this.temper = temper;
    this.moods = new SplittableRandom(seed);
    this.server = server;
  }

  public static RegistryServer start(Temper temper, long seed) throws IOException {
    // Else its answers, head and body apart, wait 40 ms for each other.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RegistryServer registry = new RegistryServer(temper, seed, server);
    server.createContext("/save", registry::take);
    server.start();
    return registry;
  }

  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/save");
  }

  /** Reads a call and answers it later: nothing waits in between but the caller. */
  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String form = String.valueOf(exchange.getRequestURI().getQuery()).substring("form=".length());
    String key = String.valueOf(exchange.getRequestHeaders().getFirst(HttpRegistry.KEY));
    var later =
        clock.schedule(() -> answer(exchange, form, key), delayMillis(), TimeUnit.MILLISECONDS);
    if (later.isCancelled()) {
      exchange.close();
    }
  }

  private synchronized int delayMillis() {
    return moods.nextInt(temper.delayMillisMin(), temper.delayMillisMax() + 1);
  }

  private void answer(HttpExchange exchange, String form, String key) {
    Optional<String> receipt = save(form, key);
    try (exchange) {
      if (receipt.isEmpty()) {
        exchange.sendResponseHeaders(503, -1);
      } else {
        byte[] body = receipt.get().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      unheard.increment(); // the caller was killed while it waited; it will call again
    }
  }

  /** The receipt; absent if the call fails, which it does before it has saved or after. */
  private synchronized Optional<String> save(String form, String key) {
    boolean fails = moods.nextInt(100) < temper.failuresPercent();
    if (fails) {
      failures++;
      if (moods.nextBoolean()) {
        return Optional.empty();
      }
    }
    String known = receiptsByKey.get(key);
    if (known != null) {
      repeats++;
    }
    String receipt = known != null ? known : "receipt-" + (receiptsByKey.size() + 1);
    receiptsByKey.put(key, receipt);
    keysByForm.computeIfAbsent(form, f -> new HashSet<>()).add(key);
    return fails ? Optional.empty() : Optional.of(receipt);
  }

  synchronized Seen seen() {
    int doubled = keysByForm.values().stream().mapToInt(keys -> keys.size() - 1).sum();
    return new Seen(receiptsByKey.size(), repeats, failures, unheard.sum(), doubled);
  }

  /** The receipts given for {@code form}. */
  synchronized Set<String> receipts(String form) {
    return keysByForm.getOrDefault(form, Set.of()).stream()
        .map(receiptsByKey::get)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
  }
}
