package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.projection.RunningProjection;
import org.apache.pekko.projection.RunningProjectionManagement;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

final class GroupWorkerTest {

  /** Counts how often it begins anew. */
  private static final class Counted implements Lanes {

    private final AtomicInteger begun = new AtomicInteger();

    @Override
    public String group() {
      return "counted";
    }

    @Override
    public String lane(TailItem item) {
      return item.sender();
    }

    @Override
    public void begin() {
      begun.incrementAndGet();
    }

    @Override
    public CompletionStage<Done> settle(TailItem item) {
      return CompletableFuture.completedFuture(Done.done());
    }

    @Override
    public void rise(Position floor) {}

    @Override
    public void press(boolean full) {}

    @Override
    public void stop() {}
  }

  @Test
  void offset_asked_isReadAndNothingBegins() throws Exception {
    PlainSetup setup = new PlainSetup();
    setup.memory.offsets().save("counted", SliceRange.ALL, Position.of(0, 7));
    Counted lanes = new Counted();
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "worker");
    RunningProjection running =
        new GroupProjection(setup, () -> lanes, SliceRange.ALL, Runnable::run).run(system);
    try {
      Await.until("it has begun", () -> lanes.begun.get() == 1);

      assertEquals(Option.apply(Position.of(0, 7)), offset(running));
      assertEquals(1, lanes.begun.get());
    } finally {
      FutureConverters.asJava(running.stop()).toCompletableFuture().get(30, TimeUnit.SECONDS);
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
      setup.memory.close();
    }
  }

  @SuppressWarnings("unchecked")
  private static Option<Position> offset(RunningProjection running) throws Exception {
    Future<Option<Position>> asked = ((RunningProjectionManagement<Position>) running).getOffset();
    return FutureConverters.asJava(asked).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
