package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.View;
import dev.onewrite.internal.codec.PayloadCodec;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Shows one entity to the observers of one other node: one state under way, and room for the newest
 * after it. All but {@link #show} belong to the actor that has it.
 */
final class Shower implements Observers.Observer {

  private final Key key;
  private final PayloadCodec payloads;
  private final ActorRef<WatchMessage> self;
  private final Consumer<Key> onChange;
  private final AtomicReference<WatchMessage.@Nullable Shown> newest = new AtomicReference<>();
  private WatchMessage.@Nullable Shown underWay;

  /** What is shown to whom. */
  record Key(Address entity, ActorRef<WatchMessage> watcher) {}

  Shower(Key key, PayloadCodec payloads, ActorRef<WatchMessage> self, Consumer<Key> onChange) {
    this.key = key;
    this.payloads = payloads;
    this.self = self;
    this.onChange = onChange;
  }

  /** Called by the entity's actor: the view must not be kept. */
  @Override
  public void show(long turn, View<?, ?> view) {
    WatchMessage.Shown state = Watching.state(payloads, turn, view, self);
    if (state != null) {
      newest.set(state);
      onChange.accept(key);
    }
  }

  void send() {
    if (underWay == null) {
      underWay = newest.getAndSet(null);
      sendAgain();
    }
  }

  void sendAgain() {
    WatchMessage.Shown state = underWay;
    if (state != null) {
      key.watcher().tell(state);
    }
  }

  void looked(long turn) {
    if (underWay != null && underWay.turn() <= turn) {
      underWay = null;
      send();
    }
  }
}
