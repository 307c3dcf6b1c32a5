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
import dev.onewrite.internal.engine.Steps;
import dev.onewrite.internal.engine.Surroundings;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: wires store, entities and forwarder together, and lets calls in. */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");

  /** 4, on a JVM without virtual threads. A slow observer delays other observers only. */
  private static final int OBSERVER_THREADS = 4;

  private final Store store;
  private final Host host;
  private final ExecutorService blocking;
  private final ExecutorService activityThreads;
  private final ExecutorService observerThreads;
  private final PayloadCodec payloads;
  private final BatchCodec batches;
  private final Observers observers = new Observers();
  private final List<ActorRef<?>> regions = new ArrayList<>();
  private final List<ActorRef<?>> started = new ArrayList<>();
  private final @Nullable ActorRef<Watching.Command> watching;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final Entities entities;
  private final Forwarder forwarder;

  /** What a test may take the place of. */
  public record Tested(Faults faults, Clock clock) {}

  /** Starts a node; on failure nothing of it is left running. */
  public static Node start(
      Config config,
      List<Component<?>> components,
      List<StoreProvider> stores,
      List<Consumer<Incident>> hooks,
      Tested tested,
      @Nullable ActorSystem<?> given) {
    Config onewrite = config.getConfig("onewrite");
    KnownKeys.check(onewrite, Stores.names(stores));
    Settings settings = Settings.read(onewrite);
    Types types = new Types();
    components.forEach(types::register);
    Store store = Stores.open(settings.durability(), onewrite, stores, tested.faults());
    try {
      Host host = Host.start(config, settings, given);
      refuseAlone(host, store);
      return new Node(host, settings, components, types, store, told(hooks), tested);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private Node(
      Host host,
      Settings settings,
      List<Component<?>> components,
      Types types,
      Store store,
      Consumer<Incident> incidents,
      Tested tested) {
    this.store = store;
    this.payloads = new PayloadCodec(types, settings.payloadBytesMax());
    this.batches = new BatchCodec(payloads);
    this.blocking = BlockingThreads.create(settings.blockingThreads());
    this.activityThreads = BlockingThreads.bounded(settings.activitiesMax(), "onewrite-activity");
    this.observerThreads = BlockingThreads.create(OBSERVER_THREADS);
    this.host = host;
    ActorSystem<?> system = host.system();
    Commits commits = Commits.ofThis(store);
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
                      .lookup(DispatcherSelector.fromConfig("onewrite.pekko.store-dispatcher")),
                  tested.faults()));
      Environment environment =
          new Environment(
              settings,
              new Surroundings(
                  ids::generate,
                  payloads,
                  names(components)::contains,
                  Steps.UNWATCHED,
                  settings.requestsAheadMax()),
              tested.clock(),
              blocking,
              observers,
              incidents,
              tested.faults());
      this.entities = Entities.start(host, components, environment);
      regions.addAll(entities.regions());
      this.watching =
          host.clustered() ? Watching.start(system, payloads, observers, entities) : null;
      if (host.clustered()) {
        started.add(watching);
        started.add(CommitHints.start(system, commits));
        started.add(Undelivered.start(system));
      }
      List<Group> groups = new ArrayList<>();
      components.forEach(c -> groups.add(new RoutedGroup(c.definition(), payloads, entities)));
      ActivityCalls calls = new ActivityCalls(payloads, activityThreads, tested.faults());
      components.stream()
          .map(Component::definition)
          .filter(definition -> !definition.activities().isEmpty())
          .forEach(d -> groups.add(new ActivityGroup(entities, calls, d)));
      NodeAlarms alarms = new NodeAlarms(entities, components, environment.clock().instant(), host);
      this.forwarder =
          new Forwarding(
                  store,
                  groups,
                  alarms,
                  settings.outbox(),
                  incidents,
                  tested.faults(),
                  environment.clock(),
                  commits,
                  system)
              .start();
      Health.ID
          .get(system.classicSystem())
          .bind(
              new Health.Parts(
                  store,
                  system
                      .dispatchers()
                      .lookup(DispatcherSelector.fromConfig("onewrite.pekko.store-dispatcher")),
                  host.clustered(),
                  regions,
                  forwarder));
      host.awaitMembership(settings.cluster());
      // Also where it is not this node that ends its system: a resolver, SIGTERM, its owner.
      system.getWhenTerminated().thenAccept(done -> terminated());
    } catch (RuntimeException | Error e) {
      stopActors();
      throw e;
    }
  }

  private static void refuseAlone(Host host, Store store) {
    if (host.clustered() && !store.shared()) {
      host.stop(List.of(), List.of());
      throw new RefusedException(
          "OW137",
          "The nodes of a cluster need one store that all of them write to, and this one is for one"
              + " process: "
              + store.description()
              + ". The node did not start. Use PostgreSQL (onewrite.durability = postgres), or"
              + " switch onewrite.cluster.enabled off.");
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

  public ActorSystem<?> system() {
    return host.system();
  }

  public String storeDescription() {
    return store.description();
  }

  public SetAside setAside() {
    return store.setAside();
  }

  /** The value as it is journaled. */
  public Payload encode(Object value) {
    return payloads.encode(value);
  }

  /** One that nobody can repeat: without a time, so that a slow clock can do it no harm. */
  public String newRequestId() {
    return UUID.randomUUID().toString();
  }

  /** Refuses addresses of components that this node does not have. */
  public void checkKnown(Address address) {
    entities.region(address);
  }

  /** Sends a message from outside and waits for its commit. */
  public CompletionStage<Void> tell(Address to, Object message, String requestId) {
    return plain(replied(to, message, requestId).thenApply(payload -> null));
  }

  /** Sends a message from outside, or asks a question, and waits for the reply. */
  public <R> CompletionStage<R> ask(Address to, Object message, Class<R> type, String requestId) {
    return plain(
        replied(to, message, requestId)
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

  /** As {@link #tell}, with the reply as it is recorded; empty if there was none. */
  public CompletionStage<Optional<Payload>> ask(Address to, Object message, String requestId) {
    return plain(replied(to, message, requestId).thenApply(r -> Optional.ofNullable(r.payload())));
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

  private CompletionStage<Reply> replied(Address to, Object message, String requestId) {
    Address.checkId("request id", requestId);
    return entities.request(to, requestId, payloads.encode(message));
  }

  /** Shows committed states to {@code observer} until the result is run. */
  public Runnable observe(Address entity, Consumer<Seen> observer) {
    Newest newest = new Newest(observer, observerThreads);
    ActorRef<Watching.Command> everywhere = watching;
    observers.add(entity, newest);
    if (everywhere == null) {
      entities.show(entity, null);
      return () -> observers.remove(entity, newest);
    }
    everywhere.tell(new Watching.Observe(entity, newest));
    return () -> {
      observers.remove(entity, newest);
      everywhere.tell(new Watching.End(entity, newest));
    };
  }

  /** All batches of one entity, oldest first, as its journal has them. */
  public List<Batch> history(Address entity) {
    return history(store, batches, entity);
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
    Health.ID.get(host.system().classicSystem()).unbind();
    forwarder.close();
    stopActors();
    entities.close();
    store.close();
  }

  private void stopActors() {
    host.stop(regions, started);
    stopThreads();
  }

  /** No handler and no activity goes on, and those that wait for an answer are told. */
  private void terminated() {
    entities.close();
    stopThreads();
  }

  private void stopThreads() {
    blocking.shutdownNow();
    activityThreads.shutdownNow();
    observerThreads.shutdownNow();
  }
}
