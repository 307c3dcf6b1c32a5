package dev.onewrite.projection;

import dev.onewrite.spi.Alarms;
import dev.onewrite.spi.PendingTimer;
import dev.onewrite.spi.Timers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes changes of timers to the store: all that wait at once, in one commit. */
final class TimerIndex {

  private final Timers timers;
  private final Executor blocking;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  private record Waiting(Alarms.Change change, CompletableFuture<Void> written) {}

  TimerIndex(Timers timers, Executor blocking) {
    this.timers = timers;
    this.blocking = blocking;
  }

  /** Completes when the change is durable. Changes of one timer take effect in the order given. */
  CompletionStage<Void> change(Alarms.Change change) {
    Waiting entry = new Waiting(change, new CompletableFuture<>());
    waiting.add(entry);
    startWriting();
    return entry.written();
  }

  private void startWriting() {
    if (writing.compareAndSet(false, true)) {
      blocking.execute(this::write);
    }
  }

  private void write() {
    List<Waiting> taken = new ArrayList<>();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      taken.add(next);
    }
    try {
      write(taken);
      taken.forEach(entry -> entry.written().complete(null));
    } catch (RuntimeException e) { // the store's; whoever waits tries again
      taken.forEach(entry -> entry.written().completeExceptionally(e));
    } finally {
      writing.set(false);
    }
    if (!waiting.isEmpty()) {
      startWriting();
    }
  }

  /** The last change of a timer is the one that counts. */
  private void write(List<Waiting> taken) {
    Map<PendingTimer.Key, Optional<PendingTimer>> last = new LinkedHashMap<>();
    for (Waiting entry : taken) {
      entry.change().gone().forEach(key -> last.put(key, Optional.empty()));
      entry.change().set().forEach(timer -> last.put(timer.key(), Optional.of(timer)));
    }
    List<PendingTimer> set = last.values().stream().flatMap(Optional::stream).toList();
    List<PendingTimer.Key> gone =
        last.entrySet().stream()
            .filter(entry -> entry.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    if (!last.isEmpty()) {
      timers.change(set, gone);
    }
  }
}
