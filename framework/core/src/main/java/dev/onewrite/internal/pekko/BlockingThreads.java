package dev.onewrite.internal.pekko;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for handlers that block, virtual ones where the JVM has them, and for activities. */
final class BlockingThreads {

  private BlockingThreads() {}

  /** So many at most, on any JVM, and no more than there is work for: each is a call that waits. */
  static ExecutorService bounded(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  static ExecutorService create(int threadsWithoutVirtual) {
    try {
      // Named in Java 21; this is compiled for 17.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Executors.newFixedThreadPool(threadsWithoutVirtual, named("onewrite-blocking"));
    }
  }

  private static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
