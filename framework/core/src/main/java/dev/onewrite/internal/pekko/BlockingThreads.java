package dev.onewrite.internal.pekko;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for handlers that block: virtual ones where the JVM has them, else a bounded pool. */
final class BlockingThreads {

  private BlockingThreads() {}

  static ExecutorService create(int threadsWithoutVirtual) {
    try {
      // Named in Java 21; this is compiled for 17.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Executors.newFixedThreadPool(
          threadsWithoutVirtual,
          work -> {
            Thread thread = new Thread(work, "onewrite-blocking");
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
