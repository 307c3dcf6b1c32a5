package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryTest {

  sealed interface SenderMessage {}

  record Say(int number) implements SenderMessage {}

  record Said(int number, String by) {}

  record Sayings(int count) {}

  sealed interface ListenerMessage {}

  record WhatWasSaid() implements ListenerMessage {}

  record Heard(List<String> sayings) {}

  static final Component<SenderMessage> SENDER =
      Component.define("sender", SenderMessage.class)
          .context(() -> new Sayings(0))
          .on(
              Say.class,
              (turn, say) -> {
                turn.assign(sayings -> new Sayings(sayings.count() + 1));
                turn.emit(new Said(say.number(), turn.self().entityId()));
              })
          .build();

  static final Component<ListenerMessage> LISTENER =
      Component.define("listener", ListenerMessage.class)
          .context(() -> new Heard(List.of()))
          .subscribe(
              Said.class,
              said -> "all",
              (turn, said) ->
                  turn.assign(
                      heard ->
                          new Heard(
                              Stream.concat(
                                      heard.sayings().stream(),
                                      Stream.of(said.by() + "-" + said.number()))
                                  .toList())))
          .answer(WhatWasSaid.class, (view, question) -> view.context())
          .build();

  @TempDir Path directory;

  @Test
  void emittedEvent_afterItsCommit_takesEffectOnceInOrder() throws Exception {
    CompletableFuture<List<String>> all = new CompletableFuture<>();
    List<String> expected = IntStream.range(0, 20).mapToObj(i -> "s-" + i).toList();

    try (Onewrite onewrite = node();
        AutoCloseable seen =
            onewrite
                .ref(LISTENER, "all")
                .observe(
                    Heard.class,
                    state -> {
                      if (state.context().sayings().size() >= 20) {
                        all.complete(state.context().sayings());
                      }
                    })) {
      for (int i = 0; i < 20; i++) {
        onewrite.ref(SENDER, "s").tell(new Say(i)).toCompletableFuture().join();
      }
      assertEquals(expected, all.get(10, TimeUnit.SECONDS));
    }

    try (Onewrite again = node()) {
      Heard heard =
          again
              .ref(LISTENER, "all")
              .ask(new WhatWasSaid(), Heard.class)
              .toCompletableFuture()
              .join();
      assertEquals(expected, heard.sayings());
    }
  }

  private Onewrite node() {
    return Onewrite.builder().component(SENDER).component(LISTENER).directory(directory).start();
  }
}
