package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/** All entities of this node, by address. */
final class Entities {

  private final Asks asks;
  private final Settings settings;
  private final Map<String, ActorRef<EntityRegion.Envelope>> regions;
  private final Map<Object, CompletableFuture<Reply>> unanswered = new ConcurrentHashMap<>();

  private Entities(
      ActorSystem<?> system,
      Settings settings,
      Map<String, ActorRef<EntityRegion.Envelope>> regions) {
    this.asks = new Asks(system);
    this.settings = settings;
    this.regions = regions;
  }

  /** Starts a region for each component. */
  static Entities start(Host host, List<Component<?>> components, Environment environment) {
    ActorSystem<?> system = host.system();
    Map<String, ActorRef<EntityRegion.Envelope>> regions = new LinkedHashMap<>();
    for (Component<?> component : components) {
      String name = component.name();
      if (regions.containsKey(name)) {
        throw new RefusedException(
            "OW113",
            "Two components are named \"" + name + "\". The node did not start. Rename one.");
      }
      regions.put(
          name,
          host.clustered()
              ? ShardedRegion.start(system, component.definition(), environment)
              : system
                  .systemActorOf(
                      EntityRegion.create(component.definition(), environment),
                      "onewrite-region-" + regions.size(),
                      Props.empty())
                  .narrow());
    }
    return new Entities(system, environment.settings(), regions);
  }

  /**
   * The region of a component.
   *
   * @throws RefusedException OW114 if this node has no such component
   */
  ActorRef<EntityRegion.Envelope> region(Address address) {
    ActorRef<EntityRegion.Envelope> region = regions.get(address.component());
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

  /** A request from outside; the stage fails with what the caller is to be told. */
  CompletionStage<Reply> request(Address to, String requestId, Payload payload) {
    CompletableFuture<Reply> answered =
        asks.askForCaller(
            region(to),
            replyTo ->
                new EntityRegion.Envelope(
                    to, new EntityMessage.Request(requestId, payload, replyTo)),
            settings.askTimeout());
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
    return new RetryableException(
        "OW122",
        to
            + " has not answered request "
            + requestId
            + " within "
            + settings.askTimeout()
            + ", or this node is closing. Whether it was taken is unknown. Call again with the same"
            + " request id.",
        Failures.unwrapped(failure));
  }

  Collection<ActorRef<EntityRegion.Envelope>> regions() {
    return regions.values();
  }

  /** Tells the callers that still wait; their time-outs went with the actor system. */
  void close() {
    unanswered
        .values()
        .forEach(
            call -> call.completeExceptionally(new IllegalStateException("the node is closed")));
  }

  /** A delivery; the stage fails if the receiver did not answer. */
  CompletionStage<Answer> deliver(Delivery delivery) {
    CompletionStage<EntityMessage.Delivered> delivered =
        ask(delivery.receiver(), replyTo -> new EntityMessage.Deliver(delivery, replyTo));
    return delivered.thenApply(
        answer -> {
          if (answer instanceof EntityMessage.Delivered.Answered answered) {
            return answered.answer();
          }
          throw new RetryableException(
              "OW123", ((EntityMessage.Delivered.Silence) answer).reason());
        });
  }

  /** Something an entity waits for. */
  CompletionStage<EntityMessage.Settlement> bring(
      Address to,
      Function<ActorRef<EntityMessage.Settlement>, ? extends EntityMessage.Awaited> message) {
    return ask(to, message);
  }

  /** Whether an entity still waits for the result of an activity. */
  CompletionStage<Boolean> awaits(Address entity, String activityId, long row) {
    CompletionStage<EntityMessage.Settlement> asked =
        ask(entity, replyTo -> new EntityMessage.Inquire(activityId, row, replyTo));
    return asked.thenApply(
        answer -> {
          if (!answer.reason().isEmpty()) {
            throw new RetryableException("OW123", answer.reason());
          }
          return !answer.settled();
        });
  }

  /** Shows the committed state to the entity's observers, and to {@code watcher}. */
  void show(Address entity, @Nullable ActorRef<WatchMessage> watcher) {
    region(entity).tell(new EntityRegion.Envelope(entity, new EntityMessage.Show(watcher)));
  }

  private <T> CompletionStage<T> ask(
      Address to, Function<ActorRef<T>, ? extends EntityMessage> message) {
    return asks.ask(
        region(to),
        replyTo -> new EntityRegion.Envelope(to, message.apply(replyTo)),
        settings.deliveryTimeout());
  }
}
