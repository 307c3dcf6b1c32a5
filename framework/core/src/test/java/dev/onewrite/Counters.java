package dev.onewrite;

import dev.onewrite.component.Component;
import dev.onewrite.component.ComponentBuilder;
import dev.onewrite.component.Handler;

/** A component that counts, and nodes that run it on a {@link TestStore}. */
final class Counters {

  static final String ONE = "counter|one";

  private Counters() {}

  sealed interface Message {}

  /** Counts, and is replied the sum. */
  record Add(int amount) implements Message {}

  /** Whatever a test makes of it. */
  record Work(String what) implements Message {}

  /** Asks for the sum. */
  record Get() implements Message {}

  /** Nobody handles it. */
  record Lost() implements Message {}

  record Total(int sum, int turns) {
    Total plus(int amount) {
      return new Total(sum + amount, turns + 1);
    }
  }

  static ComponentBuilder<Message, String, Total, Object> counter() {
    return Component.define("counter", Message.class)
        .context(() -> new Total(0, 0))
        .on(
            Add.class,
            (turn, add) -> {
              turn.assign(total -> total.plus(add.amount()));
              turn.reply(turn.machine().context());
            })
        .answer(Get.class, (view, get) -> view.context());
  }

  /** As {@link #counter()}, with a handler of {@link Work} that runs in the actor. */
  static Component<Message> working(Handler<String, Total, Object, Work> handler) {
    return counter().on(Work.class, handler).build();
  }

  /** As {@link #counter()}, with a handler of {@link Work} that may block. */
  static Component<Message> blocking(Handler<String, Total, Object, Work> handler) {
    return counter().onBlocking(Work.class, handler).build();
  }

  static Onewrite.Builder node(TestStore store, Component<?> component) {
    return Onewrite.builder()
        .component(component)
        .store(store)
        .durability(store.name())
        .set("onewrite.restart.first", "5ms")
        .set("onewrite.restart.max", "20ms");
  }
}
