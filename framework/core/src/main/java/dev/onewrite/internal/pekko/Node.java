package dev.onewrite.internal.pekko;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.typesafe.config.Config;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.StateCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Forwarder;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: wires store, entities and forwarder together, and lets calls in. */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.onewrite");
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final Settings settings;
  private final Store store;
  private final ActorSystem<Void> system;
  private final ExecutorService blocking;
  private final PayloadCodec payloads;
  private final BatchCodec batches;
  private final Observers observers = new Observers();
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final Map<String, ActorRef<EntityRegion.Command>> regions = new HashMap<>();
  private final Map<Object, CompletableFuture<Reply>> unanswered = new ConcurrentHashMap<>();
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
    this.settings = settings;
    this.store = store;
    this.payloads = new PayloadCodec(types, settings.payloadBytesMax());
    this.batches = new BatchCodec(payloads);
    this.blocking = BlockingThreads.create(settings.blockingThreads());
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
              payloads,
              ids::generate,
              Clock.systemUTC(),
              blocking,
              observers,
              incidents,
              faults);
      components.forEach(component -> startRegion(component, environment));
      List<RoutedGroup> groups =
          components.stream()
              .map(component -> new RoutedGroup(component.definition(), batches, payloads))
              .toList();
      this.forwarder =
          new Forwarding(store, groups, this::deliver, settings.outbox(), incidents, faults, system)
              .start();
    } catch (RuntimeException | Error e) {
      stopActors();
      throw e;
    }
  }

  private void startRegion(Component<?> component, Environment environment) {
    String name = component.name();
    if (regions.containsKey(name)) {
      throw new RefusedException(
          "OW113",
          "Two components are named \"" + name + "\". The node did not start. Rename one of them.");
    }
    regions.put(
        name,
        system.systemActorOf(
            EntityRegion.create(component.definition(), environment),
            "region-" + regions.size(),
            Props.empty()));
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
    region(address);
  }

  private ActorRef<EntityRegion.Command> region(Address address) {
    ActorRef<EntityRegion.Command> region = regions.get(address.component());
    if (region == null) {
      throw new RefusedException(
          "OW114",
          "This node has no component \""
              + address.component()
              + "\". It has "
              + regions.keySet()
              + ". Add the component to Onewrite.builder().");
    }
    return region;
  }

  /** Sends a message from outside and waits for its commit. */
  public CompletionStage<Void> tell(Address to, Object message, String requestId) {
    return request(to, message, requestId).thenApply(payload -> null);
  }

  /** Sends a message from outside, or asks a question, and waits for the reply. */
  public <R> CompletionStage<R> ask(Address to, Object message, Class<R> type, String requestId) {
    return request(to, message, requestId)
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
            });
  }

  private CompletionStage<Reply> request(Address to, Object message, String requestId) {
    Address.checkId("request id", requestId);
    Payload payload = payloads.encode(message);
    ActorRef<EntityRegion.Command> region = region(to);
    CompletionStage<Reply> asked =
        AskPattern.ask(
            region,
            (ActorRef<Reply> replyTo) ->
                new EntityRegion.Envelope(
                    to, new EntityMessage.Request(requestId, payload, replyTo)),
            settings.askTimeout(),
            system.scheduler());
    CompletableFuture<Reply> answered = asked.toCompletableFuture();
    Object call = new Object();
    unanswered.put(call, answered);
    return answered.handle(
        (reply, failure) -> {
          unanswered.remove(call);
          if (failure != null) {
            throw unanswered(to, requestId, failure);
          }
          if (reply.failure() != null) {
            throw reply.failure().toException();
          }
          return reply;
        });
  }

  private OnewriteException unanswered(Address to, String requestId, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new RetryableException(
        "OW122",
        to
            + " has not answered request "
            + requestId
            + " within "
            + settings.askTimeout()
            + ", or this node is closing. Whether it was taken is unknown. Call again with the same"
            + " request id.",
        cause);
  }

  private CompletionStage<Answer> deliver(Delivery delivery) {
    CompletionStage<EntityMessage.Delivered> delivered =
        AskPattern.ask(
            region(delivery.receiver()),
            (ActorRef<EntityMessage.Delivered> replyTo) ->
                new EntityRegion.Envelope(
                    delivery.receiver(), new EntityMessage.Deliver(delivery, replyTo)),
            settings.deliveryTimeout(),
            system.scheduler());
    return delivered.thenApply(
        answer -> {
          if (answer instanceof EntityMessage.Delivered.Answered answered) {
            return answered.answer();
          }
          throw new RetryableException(
              "OW123", ((EntityMessage.Delivered.Silence) answer).reason());
        });
  }

  /** Shows committed states to {@code observer} until the result is run. */
  public Runnable observe(Address entity, Consumer<Seen> observer) {
    Newest newest = new Newest(observer, blocking);
    observers.add(entity, newest);
    region(entity).tell(new EntityRegion.Envelope(entity, new EntityMessage.Show()));
    return () -> observers.remove(entity, newest);
  }

  /** All batches of one entity, oldest first, as its journal has them. */
  public List<Batch> history(Address entity) {
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
    // The time-outs of these went with the actor system, so that nobody else would end them.
    unanswered
        .values()
        .forEach(
            answered ->
                answered.completeExceptionally(new IllegalStateException("the node is closed")));
  }
}
