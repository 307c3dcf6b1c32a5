package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.Envelope;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.Position;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The group of the calls to the outside that one component's entities start.
 *
 * <pre>
 *   Invoked ──▶ does the entity still wait? ──no──▶ settled
 *                 │ yes
 *                 ▼
 *               call, with retries ──▶ result ──▶ the entity's next turn ──▶ settled
 * </pre>
 */
final class ActivityGroup implements Group {

  /*
   * What if the process dies here? Before the result is journaled, the offset is still below the
   * Invoked: the next process asks, hears that the entity waits, and calls again with the same key.
   * After it, the entity says that it waits no more, and nothing is called. A result that could not
   * be brought (its turn failed) is kept, of the last thousand, and brought again without a call.
   */

  /** 1,000 results are kept until they are brought: of more, the oldest is called for again. */
  private static final int RESULTS_MAX = 1_000;

  /** Also of a worker that has moved to another node, which brings a result of its own. */
  private static final class Newest extends LinkedHashMap<UUID, Payload> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, Payload> eldest) {
      return size() > RESULTS_MAX;
    }
  }

  private final Entities entities;
  private final ActivityCalls calls;
  private final String component;
  private final Map<String, NamedActivity<?, ?>> activities = new HashMap<>();
  private final Map<UUID, Payload> results = Collections.synchronizedMap(new Newest());

  ActivityGroup(Entities entities, ActivityCalls calls, Component.Definition<?, ?, ?> definition) {
    this.entities = entities;
    this.calls = calls;
    this.component = definition.name();
    definition.activities().forEach(activity -> activities.put(activity.name(), activity));
  }

  /** One group a component: what a node lacks the component of must not be passed over for good. */
  @Override
  public String name() {
    return Group.activities(component);
  }

  @Override
  public boolean ordered() {
    return false;
  }

  @Override
  public List<Delivery> deliveries(TailRow tailRow) {
    Address entity = Address.ofPersistenceId(tailRow.row().persistenceId());
    if (!entity.component().equals(component)) {
      return List.of();
    }
    Envelope batch = BatchCodec.envelope(tailRow.row());
    List<Delivery> deliveries = new ArrayList<>();
    for (int index = 0; index < batch.outgoings().size(); index++) {
      if (batch.outgoings().get(index) instanceof Outgoing.Invoked invoked) {
        Cause.Delivered cause =
            new Cause.Delivered(invoked.id(), entity, tailRow.position(), index, Position.START);
        long row = tailRow.row().sequenceNumber();
        deliveries.add(new Delivery(entity, cause, invoked, false, row));
      }
    }
    return deliveries;
  }

  @Override
  public CompletionStage<Answer> deliver(Delivery delivery) {
    Outgoing.Invoked invoked = (Outgoing.Invoked) delivery.outgoing();
    Payload kept = results.get(invoked.id());
    if (kept != null) {
      return bring(delivery, invoked, kept);
    }
    return awaited(delivery, invoked)
        .thenCompose(awaited -> awaited ? call(delivery, invoked) : notAwaited(delivery));
  }

  private CompletionStage<Boolean> awaited(Delivery delivery, Outgoing.Invoked invoked) {
    return entities.awaits(delivery.receiver(), invoked.activityId(), delivery.row());
  }

  private static CompletionStage<Answer> notAwaited(Delivery delivery) {
    return CompletableFuture.completedFuture(Answer.of(delivery, Answer.Kind.SETTLED, ""));
  }

  private CompletionStage<Answer> call(Delivery delivery, Outgoing.Invoked invoked) {
    NamedActivity<?, ?> activity = activities.get(invoked.name());
    if (activity == null) {
      // Another release had it. Its input is kept by the journal until one has it again.
      return CompletableFuture.completedFuture(
          Answer.of(
              delivery,
              Answer.Kind.FAILED,
              "[OW118] This release has no activity \"" + invoked.name() + "\"."));
    }
    return calls
        .result(activity, delivery.receiver(), invoked, () -> awaited(delivery, invoked))
        .thenCompose(
            result -> {
              if (result.isEmpty()) {
                return notAwaited(delivery);
              }
              results.put(invoked.id(), result.get());
              return bring(delivery, invoked, result.get());
            });
  }

  private CompletionStage<Answer> bring(
      Delivery delivery, Outgoing.Invoked invoked, Payload result) {
    return entities
        .bring(
            delivery.receiver(),
            replyTo ->
                new EntityMessage.Complete(invoked.activityId(), delivery.row(), result, replyTo))
        .thenApply(
            settlement -> {
              if (!settlement.settled()) {
                return Answer.of(delivery, Answer.Kind.FAILED, settlement.reason());
              }
              results.remove(invoked.id());
              return Answer.of(delivery, Answer.Kind.HANDLED, "");
            });
  }
}
