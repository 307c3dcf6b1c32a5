package dev.onewrite.internal.engine;

import static dev.onewrite.internal.engine.Forms.newTally;
import static dev.onewrite.internal.engine.Forms.open;
import static dev.onewrite.internal.engine.Forms.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.internal.engine.Forms.Tally;
import dev.onewrite.journal.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler may use its turn from several threads. */
final class TurnThreadsTest {

  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final EntityState<String, Tally, Object> tally = newTally();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private void onAllThreads(Runnable work) throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(
          threads.submit(
              () -> {
                together.await();
                work.run();
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void turn_usedByAllThreadsAtOnce_losesNothing() throws Exception {
    for (int round = 0; round < 50; round++) {
      var turn = open(tally, request("r"));

      onAllThreads(
          () -> {
            for (int i = 0; i < 100; i++) {
              turn.assign(context -> new Tally(context.count() + 1));
              turn.emit(new Note("x"));
            }
          });

      assertEquals(new Tally(THREADS * 100), turn.machine().context());
      Batch batch = turn.close();
      assertEquals(
          THREADS * 100L, batch.outgoings().stream().map(out -> out.id()).distinct().count());
    }
  }

  @Test
  void turn_closedWhileUsed_hasWhatWasTakenAndRefusesTheRest() throws Exception {
    for (int round = 0; round < 50; round++) {
      var turn = open(tally, request("r"));
      AtomicInteger taken = new AtomicInteger();
      AtomicInteger closing = new AtomicInteger();
      List<Batch> batches = new ArrayList<>();

      onAllThreads(
          () -> {
            if (closing.getAndIncrement() == 0) {
              batches.add(turn.close());
              return;
            }
            try {
              for (int i = 0; i < 100; i++) {
                turn.emit(new Note("x"));
                taken.incrementAndGet();
              }
            } catch (RefusedException e) {
              assertEquals("OW103", e.code());
            }
          });

      assertEquals(taken.get(), batches.get(0).outgoings().size());
    }
  }
}
