package dev.onewrite.store.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, in the order handed in. Bounded: full means refused, never dropped.
 */
final class WriteQueue {

  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  /**
   * 10,000: some ten full commits, a tenth of a second on a slow disk. More entities than this with
   * a write each in flight are better told so than kept waiting.
   */
  static final int WAITING_MAX = 10_000;

  /** 64 MiB: what may wait in memory however large the rows; one write alone may be larger. */
  static final long WAITING_BYTES_MAX = 64L << 20;

  /**
   * 400 writes a commit, some 10 ms: a sync is a small part of it by then, and nobody waits long.
   */
  static final int COMMIT_MAX = 400;

  /** 8 MiB a commit: bounds how long the last of a commit waits for the first. */
  static final long COMMIT_BYTES_MAX = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Write> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean closed;

  Offer offer(Write write) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      boolean full =
          waiting.size() >= WAITING_MAX
              || (!waiting.isEmpty() && waitingBytes + write.bytes() > WAITING_BYTES_MAX);
      if (full) {
        return Offer.FULL;
      }
      waiting.add(write);
      waitingBytes += write.bytes();
      if (waiting.size() == 1) {
        changed.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What goes into the next commit: at least one write, in order. Waits for one. Empty once the
   * queue is closed and everything in it was given out.
   */
  List<Write> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Write> group = new ArrayList<>();
      long bytes = 0;
      while (!waiting.isEmpty() && group.size() < COMMIT_MAX) {
        Write head = waiting.getFirst();
        if (!group.isEmpty() && bytes + head.bytes() > COMMIT_BYTES_MAX) {
          break;
        }
        waiting.removeFirst();
        group.add(head);
        bytes += head.bytes();
      }
      waitingBytes -= bytes;
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out the appends to these histories. */
  List<Write> withdraw(Collection<String> persistenceIds) {
    lock.lock();
    try {
      List<Write> withdrawn = new ArrayList<>();
      for (Iterator<Write> writes = waiting.iterator(); writes.hasNext(); ) {
        Write write = writes.next();
        if (write.isAppend() && persistenceIds.contains(write.persistenceId())) {
          writes.remove();
          waitingBytes -= write.bytes();
          withdrawn.add(write);
        }
      }
      return withdrawn;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is in it is still given out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
