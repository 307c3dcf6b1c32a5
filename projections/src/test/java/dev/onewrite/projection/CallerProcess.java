package dev.onewrite.projection;

import dev.onewrite.Onewrite;
import dev.onewrite.spi.FaultPoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that goes to a point, says so, and waits there to be killed. */
final class CallerProcess {

  private CallerProcess() {}

  /** Where the process stops: in words for the test that kills it. */
  enum Stop {
    BEFORE_THE_CALL,
    DURING_THE_CALL,
    AFTER_THE_CALL,
    AFTER_THE_RESULT,
    TIMERS_SET
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path calls = Path.of(arguments[1]);
    Stop stop = Stop.valueOf(arguments[2]);
    AtomicInteger commits = new AtomicInteger();
    AtomicInteger committed = new AtomicInteger();
    Onewrite onewrite =
        Onewrite.builder()
            .component(
                Calls.caller(
                    (call, input) -> {
                      Calls.write(calls, call.idempotencyKey());
                      if (stop == Stop.DURING_THE_CALL) {
                        here();
                      }
                      return new Calls.Result("out");
                    }))
            .component(Calls.CLOCK)
            .directory(directory)
            .faults(
                point -> {
                  if (point == FaultPoint.AFTER_COMMIT) {
                    int number = committed.incrementAndGet();
                    if (number == 1 && stop == Stop.BEFORE_THE_CALL
                        || number == 2 && stop == Stop.AFTER_THE_RESULT) {
                      here();
                    }
                  }
                  if (point == FaultPoint.BEFORE_COMMIT
                      && commits.incrementAndGet() == 2
                      && stop == Stop.AFTER_THE_CALL) {
                    here();
                  }
                })
            .start();
    if (stop == Stop.TIMERS_SET) {
      Instant due = Instant.ofEpochMilli(Long.parseLong(arguments[3]));
      onewrite.ref(Calls.CLOCK, "1").tell(new Calls.Wind(0, 200, due)).toCompletableFuture().join();
      here();
    }
    onewrite
        .ref(Calls.caller((call, input) -> new Calls.Result("")), "1")
        .tell(new Calls.Go())
        .toCompletableFuture()
        .join();
    new CountDownLatch(1).await();
  }

  private static void here() {
    System.out.println("HERE");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
