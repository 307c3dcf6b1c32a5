package dev.onewrite.internal.pekko;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.typesafe.config.Config;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.internal.engine.Surroundings;
import dev.onewrite.journal.Batch;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: wires store, entities and forwarder together, and lets calls in. */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  /** 4, on a JVM without virtual threads. A slow observer delays other observers only. */
  private static final int OBSERVER_THREADS = 4;

  private final Store store;
  private final ActorSystem<Void> system;
  private final ExecutorService blocking;
  private final ExecutorService activityThreads;
  private final ExecutorService observerThreads;
  private final PayloadCodec payloads;
  private final BatchCodec batches;
  private final Observers observers = new Observers();
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final Entities entities;
  private final Forwarder forwarder;

  /** Starts a node; on failure nothing of it is left running. */
  public static Node start(
      Config config,
      List<Component<?>> components,
      List<StoreProvider> stores,
      List<Consumer<Incident>> hooks,
      Faults faults) {
    Config onewrite = config.getConfig("onewrite");
    Settings settings = Settings.read(onewrite);
    Types types = new Types();
    components.forEach(types::register);
    Store store = Stores.open(settings.durability(), onewrite, stores, faults);
    try {
      return new Node(config, settings, components, types, store, told(hooks), faults);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private Node(
      Config config,
      Settings settings,
      List<Component<?>> components,
      Types types,
      Store store,
      Consumer<Incident> incidents,
      Faults faults) {
    this.store = store;
    this.payloads = new PayloadCodec(types, settings.payloadBytesMax());
    this.batches = new BatchCodec(payloads);
    this.blocking = BlockingThreads.create(settings.blockingThreads());
    this.activityThreads = BlockingThreads.create(settings.blockingThreads());
    this.observerThreads = BlockingThreads.create(OBSERVER_THREADS);
    this.system = ActorSystem.create(Behaviors.empty(), "onewrite", config);
    try {
      Journaling.ID
          .get(system.classicSystem())
          .bind(
              new Journaling.Parts(
                  store,
                  batches,
                  new StateCodec(payloads),
                  system
                      .dispatchers()
                      .lookup(DispatcherSelector.fromConfig("onewrite.pekko.store-dispatcher"))));
      Environment environment =
          new Environment(
              settings,
              new Surroundings(ids::generate, payloads, names(components)::contains),
              Clock.systemUTC(),
              blocking,
              observers,
              incidents,
              faults);
      this.entities = Entities.start(system, components, environment);
      List<Group> groups = new ArrayList<>();
      components.forEach(c -> groups.add(new RoutedGroup(c.definition(), payloads, entities)));
      ActivityCalls calls = new ActivityCalls(payloads, activityThreads);
      components.stream()
          .map(Component::definition)
          .filter(definition -> !definition.activities().isEmpty())
          .forEach(d -> groups.add(new ActivityGroup(entities, calls, d)));
      NodeAlarms alarms = new NodeAlarms(entities, components, environment.clock().instant());
      this.forwarder =
          new Forwarding(
                  store,
                  groups,
                  alarms,
                  settings.outbox(),
                  incidents,
                  faults,
                  environment.clock(),
                  system)
              .start();
    } catch (RuntimeException | Error e) {
      stopActors();
      throw e;
    }
  }

  private static Set<String> names(List<Component<?>> components) {
    return components.stream().map(Component::name).collect(Collectors.toSet());
  }

  private static Consumer<Incident> told(List<Consumer<Incident>> hooks) {
    List<Consumer<Incident>> all = List.copyOf(hooks);
    return incident -> {
      LOG.warn(incident.text());
      for (Consumer<Incident> hook : all) {
        try {
          hook.accept(incident);
        } catch (RuntimeException e) { // a hook's own failure must not become an entity's
          LOG.warn("An onError hook failed", e);
        }
      }
    };
  }

  public String storeDescription() {
    return store.description();
  }

  public String newRequestId() {
    return ids.generate().toString();
  }

  /** Refuses addresses of components that this node does not have. */
  public void checkKnown(Address address) {
    entities.region(address);
  }

  /** Sends a message from outside and waits for its commit. */
  public CompletionStage<Void> tell(Address to, Object message, String requestId) {
    return plain(request(to, message, requestId).thenApply(payload -> null));
  }

  /** Sends a message from outside, or asks a question, and waits for the reply. */
  public <R> CompletionStage<R> ask(Address to, Object message, Class<R> type, String requestId) {
    return plain(
        request(to, message, requestId)
            .thenApply(
                reply -> {
                  if (reply.payload() == null) {
                    throw new RefusedException(
                        "OW110",
                        "The turn of "
                            + to
                            + " for request "
                            + requestId
                            + " committed without a reply. Its handler has to call turn.reply(...);"
                            + " use tell where no reply is expected.");
                  }
                  return payloads.decodeExpected(reply.payload(), type);
                }));
  }

  /** Fails with the exception itself: stages wrap what was thrown in the ones before them. */
  private static <T> CompletionStage<T> plain(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            plain.complete(value);
          } else {
            plain.completeExceptionally(Failures.unwrapped(failure));
          }
        });
    return plain;
  }

  private CompletionStage<Reply> request(Address to, Object message, String requestId) {
    Address.checkId("request id", requestId);
    return entities.request(to, requestId, payloads.encode(message));
  }

  /** Shows committed states to {@code observer} until the result is run. */
  public Runnable observe(Address entity, Consumer<Seen> observer) {
    Newest newest = new Newest(observer, observerThreads);
    observers.add(entity, newest);
    entities.show(entity);
    return () -> observers.remove(entity, newest);
  }

  /** All batches of one entity, oldest first, as its journal has them. */
  public List<Batch> history(Address entity) {
    return history(store, batches, entity);
  }

  /** The same, from a store that no node runs on. */
  public static List<Batch> history(
      Config config, List<Component<?>> components, List<StoreProvider> stores, Address entity) {
    Config onewrite = config.getConfig("onewrite");
    Settings settings = Settings.read(onewrite);
    Types types = new Types();
    components.forEach(types::register);
    BatchCodec batches = new BatchCodec(new PayloadCodec(types, settings.payloadBytesMax()));
    try (Store store = Stores.open(settings.durability(), onewrite, stores, Faults.NONE)) {
      return history(store, batches, entity);
    }
  }

  private static List<Batch> history(Store store, BatchCodec batches, Address entity) {
    List<Batch> history = new ArrayList<>();
    store
        .journal()
        .replay(
            entity.persistenceId(),
            1,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            row -> history.add(batches.decode(row)));
    return history;
  }

  @Override
  public void close() {
    forwarder.close();
    stopActors();
    entities.close();
    store.close();
  }

  private void stopActors() {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The actors did not stop within {}; the store is closed all the same", CLOSE_WITHIN);
    }
    blocking.shutdownNow();
    activityThreads.shutdownNow();
    observerThreads.shutdownNow();
  }
}
