package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.View;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is shown the committed states of which entity. */
final class Observers {

  private final ConcurrentHashMap<Address, List<Observer>> observers = new ConcurrentHashMap<>();

  /** One observer. It is called by the entity's actor and must return at once. */
  @FunctionalInterface
  interface Observer {
    void show(long turn, View<?, ?> view);
  }

  void add(Address entity, Observer observer) {
    observers.computeIfAbsent(entity, e -> new CopyOnWriteArrayList<>()).add(observer);
  }

  void remove(Address entity, Observer observer) {
    observers.computeIfPresent(
        entity,
        (e, all) -> {
          all.remove(observer);
          return all.isEmpty() ? null : all;
        });
  }

  void show(long turn, View<?, ?> view) {
    List<Observer> all = observers.get(view.self());
    if (all != null) {
      all.forEach(observer -> observer.show(turn, view));
    }
  }
}
