package dev.onewrite.internal.pekko;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.component.Address;
import dev.onewrite.component.RetryableException;
import dev.onewrite.journal.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sharding drops is refused at once, to the one who sent it. */
final class UndeliveredTest {

  private static final org.apache.pekko.actor.ActorRef NOBODY =
      org.apache.pekko.actor.ActorRef.noSender();

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "undelivered");

  @AfterEach
  void end() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void message_droppedByARegion_isRefusedToItsSender() {
    assertRefused(envelope -> new Dropped(envelope, "its shard is handed over", NOBODY, NOBODY));
  }

  @Test
  void message_toAShardThatIsGone_isRefusedToItsSender() {
    assertRefused(EntityRegion.Envelope::message);
  }

  private void assertRefused(Function<EntityRegion.Envelope, Object> undelivered) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    ActorRef<Reply> caller =
        system.systemActorOf(
            Behaviors.receiveMessage(
                (Reply reply) -> {
                  answer.complete(reply);
                  return Behaviors.same();
                }),
            "caller",
            Props.empty());
    EntityRegion.Envelope envelope =
        new EntityRegion.Envelope(
            new Address("form", "f"),
            new EntityMessage.Request("r", new Payload("submit", 1, new byte[] {1}), caller));

    Undelivered.start(system);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!answer.isDone()) { // it listens a moment after its start
      assertTrue(System.nanoTime() < end, "the caller is not told");
      Adapter.toClassic(system).deadLetters().tell(undelivered.apply(envelope), NOBODY);
      LockSupport.parkNanos(2_000_000);
    }

    Reply.Failure failure = answer.join().failure();
    assertEquals("OW150", failure.code());
    assertInstanceOf(RetryableException.class, failure.toException());
  }
}
