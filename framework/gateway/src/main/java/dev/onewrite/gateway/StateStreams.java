package dev.onewrite.gateway;

import dev.onewrite.Committed;
import dev.onewrite.Observation;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/** Committed states of entities: the one of now, or each as it comes, as server-sent events. */
final class StateStreams {

  /*
   * A stream has room for one state, and a newer one takes its place: a reader that is slow misses
   * states in between and costs no memory. What nobody reads stands still, and the idle time-out
   * closes it.
   */

  private static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private final Onewrite onewrite;
  private final Settings settings;

  StateStreams(Onewrite onewrite, Settings settings) {
    this.onewrite = onewrite;
    this.settings = settings;
  }

  /** The state of now, as JSON. */
  CompletionStage<byte[]> now(Ref<?> ref) {
    CompletableFuture<byte[]> now = new CompletableFuture<>();
    Observation observation =
        ref.observe(
            Object.class,
            state -> {
              try {
                now.complete(json(state));
              } catch (RuntimeException e) {
                now.completeExceptionally(e);
              }
            });
    now.orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    return now.whenComplete((state, failure) -> observation.close());
  }

  /**
   * The states from now on.
   *
   * @param last what the reader has seen last: it is not sent again
   * @param lease closed when the stream ends
   */
  Source<ByteString, NotUsed> from(Ref<?> ref, OptionalLong last, Clients.Lease lease) {
    AtomicBoolean first = new AtomicBoolean(true);
    return Source.<Committed<Object>>queue(1, OverflowStrategy.dropHead())
        .mapMaterializedValue(queue -> observed(ref, queue))
        .filter(state -> !first.getAndSet(false) || !isSeen(state, last))
        .map(this::event)
        .keepAlive(settings.heartbeat(), () -> HEARTBEAT)
        .prepend(Source.single(beginning()))
        .watchTermination(
            (started, ended) -> {
              ended.whenComplete((done, failure) -> lease.close());
              return started;
            });
  }

  private static NotUsed observed(Ref<?> ref, SourceQueueWithComplete<Committed<Object>> queue) {
    Observation observation = ref.observe(Object.class, queue::offer);
    queue.watchCompletion().whenComplete((done, failure) -> observation.close());
    return NotUsed.getInstance();
  }

  /**
   * Only the same state is one that was seen. One with a lower number is of a history that has
   * begun anew, as a store in memory does, and the reader's is void.
   */
  private static boolean isSeen(Committed<?> state, OptionalLong last) {
    return last.isPresent() && last.getAsLong() == state.turn();
  }

  private ByteString beginning() {
    return ByteString.fromString("retry: " + settings.reconnectAfter().toMillis() + "\n\n");
  }

  private ByteString event(Committed<?> state) {
    String data = new String(json(state), StandardCharsets.UTF_8);
    return ByteString.fromString("event: state\nid: " + state.turn() + "\ndata: " + data + "\n\n");
  }

  private byte[] json(Committed<?> state) {
    return Json.state(state, onewrite.encode(state.context()));
  }
}
