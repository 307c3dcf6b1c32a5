package dev.onewrite.internal.pekko;

import org.jspecify.annotations.Nullable;

/**
 * Work that can be interrupted while it runs, and never after: its thread may be another's then.
 */
final class Interruptible implements Runnable {

  private final Runnable work;
  private @Nullable Thread thread;
  private boolean interrupted;

  Interruptible(Runnable work) {
    this.work = work;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (interrupted) {
        return;
      }
      thread = Thread.currentThread();
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        thread = null;
        boolean unused = Thread.interrupted(); // a late interrupt is not the pool's
      }
    }
  }

  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
