package dev.onewrite.gateway;

import dev.onewrite.component.RefusedException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.IncomingConnection;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The connections of a gateway: how many there may be, how long they last, and their end. */
final class Connections {

  /*
   * One too many is taken and closed at once. Left to the operating system, as Pekko HTTP does it,
   * it would wait, and with it everybody who comes after.
   */

  private final Settings settings;
  private final Front front;
  private final Materializer materializer;
  private final SharedKillSwitch noMore = KillSwitches.shared("onewrite-gateway-requests");
  private final SharedKillSwitch cut = KillSwitches.shared("onewrite-gateway-connections");
  private final Map<String, Integer> open = new HashMap<>();
  private int openInAll;
  private @Nullable CompletableFuture<Done> drained;

  Connections(Settings settings, Front front, Materializer materializer) {
    this.settings = settings;
    this.front = front;
    this.materializer = materializer;
  }

  /**
   * Listens.
   *
   * @throws RefusedException OW701 if the address cannot be had
   */
  ServerBinding bind(ServerBuilder server, String host, int port) {
    try {
      return server
          .connectionSource()
          .to(Sink.foreach(this::taken))
          .run(materializer)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new RefusedException(
          "OW701",
          "The gateway cannot listen on "
              + host
              + ":"
              + port
              + ": "
              + e.getCause()
              + ". It did not start. Choose another port, or end what has this one.",
          e);
    }
  }

  private void taken(IncomingConnection connection) {
    InetSocketAddress remote = connection.remoteAddress();
    String client = remote.getAddress().getHostAddress();
    if (!opened(client)) {
      connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), materializer);
      return;
    }
    connection
        .handleWith(answering(), materializer)
        .whenComplete((done, failure) -> closed(client));
  }

  private Flow<HttpRequest, HttpResponse, CompletionStage<Done>> answering() {
    return BidiFlow.fromGraph(new HeadTimeout(settings.headTimeout()))
        .join(
            Flow.of(HttpRequest.class)
                .via(noMore.flow())
                .mapAsync(1, front::answer)
                .via(cut.flow()))
        .watchTermination(Keep.right());
  }

  private synchronized boolean opened(String client) {
    int has = open.getOrDefault(client, 0);
    if (drained != null
        || has >= settings.connectionsPerClientMax()
        || openInAll >= settings.connectionsMax()) {
      return false;
    }
    open.put(client, has + 1);
    openInAll++;
    return true;
  }

  private synchronized void closed(String client) {
    open.computeIfPresent(client, (c, has) -> has == 1 ? null : has - 1);
    openInAll--;
    if (drained != null && openInAll == 0) {
      drained.complete(Done.getInstance());
    }
  }

  /** Takes no more requests, and waits for answers under way at most so long. */
  void close(Duration within) {
    CompletableFuture<Done> last = new CompletableFuture<>();
    synchronized (this) {
      drained = last;
      if (openInAll == 0) {
        last.complete(Done.getInstance());
      }
    }
    noMore.shutdown();
    last.completeOnTimeout(Done.getInstance(), within.toMillis(), TimeUnit.MILLISECONDS).join();
    cut.shutdown();
  }
}
