package dev.onewrite.projection;

import dev.onewrite.Onewrite;
import dev.onewrite.spi.FaultPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that dies, as by a kill, when it comes to a fault point once more than it may. */
final class ReaderProcess {

  /** What a process that died there ends with. */
  static final int DIED = 9;

  private ReaderProcess() {}

  /** Arguments: store, fault point, how often it passes it, whether it writes, refused letters. */
  public static void main(String[] arguments) throws InterruptedException {
    FaultPoint deadly = FaultPoint.valueOf(arguments[1]);
    Letters letters = new Letters();
    AtomicInteger passes = new AtomicInteger(Integer.parseInt(arguments[2]));
    letters.refused.addAll(List.of(arguments).subList(4, arguments.length));
    Onewrite onewrite =
        letters
            .node(Path.of(arguments[0]))
            .faults(
                point -> {
                  if (point == deadly && passes.getAndDecrement() == 0) {
                    Runtime.getRuntime().halt(DIED); // nothing is closed, as in a kill
                  }
                })
            .start();
    if (arguments[3].equals("write")) {
      Letters.write(onewrite, "a", "x", 0, 5);
    }
    new CountDownLatch(1).await();
  }
}
