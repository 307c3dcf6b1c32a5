package dev.onewrite.internal.pekko;

import dev.onewrite.component.View;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer with room for one state: a newer one takes the place of one not yet looked at. */
final class Newest implements Observers.Observer {

  private static final Logger LOG = LoggerFactory.getLogger(Newest.class);

  private final Consumer<Seen> observer;
  private final Executor executor;
  private final AtomicReference<@Nullable Seen> slot = new AtomicReference<>();
  private final AtomicBoolean showing = new AtomicBoolean();
  private long shown = -1;

  Newest(Consumer<Seen> observer, Executor executor) {
    this.observer = observer;
    this.executor = executor;
  }

  @Override
  public void show(long turn, View<?, ?> view) {
    show(new Seen(turn, states(view), view.context()));
  }

  /** States may come from two nodes while the entity moves: the newer one stays. */
  void show(Seen seen) {
    slot.accumulateAndGet(seen, Newest::newer);
    schedule();
  }

  private static @Nullable Seen newer(@Nullable Seen before, @Nullable Seen given) {
    return before == null || (given != null && given.turn() >= before.turn()) ? given : before;
  }

  static List<String> states(View<?, ?> view) {
    List<String> states = new ArrayList<>();
    view.configuration().forEach(state -> states.add(String.valueOf(state)));
    return List.copyOf(states);
  }

  private void schedule() {
    if (showing.compareAndSet(false, true)) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) { // the node is closing
        showing.set(false);
      }
    }
  }

  private void drain() {
    try {
      for (Seen next = slot.getAndSet(null); next != null; next = slot.getAndSet(null)) {
        pass(next);
      }
    } finally {
      showing.set(false);
    }
    if (slot.get() != null) {
      schedule();
    }
  }

  private void pass(Seen next) {
    if (next.turn() > shown) {
      shown = next.turn();
      try {
        observer.accept(next);
      } catch (RuntimeException e) { // an observer's own failure; the next state comes all the same
        LOG.warn("An observer failed", e);
      }
    }
  }
}
