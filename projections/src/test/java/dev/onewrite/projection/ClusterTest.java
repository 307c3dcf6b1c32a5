package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.projection.ClusterNodes.ClusterNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several nodes on one store keep what one node promises. */
final class ClusterTest {

  sealed interface SenderMessage {}

  record Say(int number) implements SenderMessage {}

  record Said(int number, String by) {}

  record Sayings(int count) {}

  sealed interface ListenerMessage {}

  record WhatWasSaid() implements ListenerMessage {}

  record Heard(List<String> sayings) {}

  private final Map<String, Set<String>> where = new ConcurrentHashMap<>();
  private final SharedStore store = new SharedStore();

  private List<Component<?>> components(String node) {
    return List.of(sender(node), listener(node));
  }

  private Component<SenderMessage> sender(String node) {
    return Component.define("sender", SenderMessage.class)
        .context(() -> new Sayings(0))
        .on(
            Say.class,
            (turn, say) -> {
              at(turn.self().persistenceId(), node);
              turn.assign(sayings -> new Sayings(sayings.count() + 1));
              turn.emit(new Said(say.number(), turn.self().entityId()));
              turn.reply(turn.machine().context());
            })
        .build();
  }

  private Component<ListenerMessage> listener(String node) {
    return Component.define("listener", ListenerMessage.class)
        .context(() -> new Heard(List.of()))
        .subscribe(
            Said.class,
            said -> "of-" + said.by(),
            (turn, said) -> {
              at(turn.self().persistenceId(), node);
              turn.assign(
                  heard ->
                      new Heard(
                          Stream.concat(
                                  heard.sayings().stream(),
                                  Stream.of(said.by() + "-" + said.number()))
                              .toList()));
            })
        .answer(WhatWasSaid.class, (view, question) -> view.context())
        .build();
  }

  private void at(String entity, String node) {
    where.computeIfAbsent(entity, e -> ConcurrentHashMap.newKeySet()).add(node);
  }

  private int say(ClusterNode from, String sender, int number) {
    return from.onewrite()
        .ref(sender(""), sender)
        .ask(new Say(number), Sayings.class, sender + "-" + number)
        .toCompletableFuture()
        .join()
        .count();
  }

  private List<String> heard(Onewrite node, String sender) {
    return node.ref(listener(""), "of-" + sender)
        .ask(new WhatWasSaid(), Heard.class)
        .toCompletableFuture()
        .join()
        .sayings();
  }

  @Test
  void requestsAndDeliveries_ofTwoNodes_reachOneEntityOnceInOrder() {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      ClusterNode two = nodes.start();
      List<String> senders = IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();

      for (int number = 0; number < 10; number++) {
        for (String sender : senders) {
          assertEquals(number + 1, say(number % 2 == 0 ? one : two, sender, number));
        }
      }

      for (String sender : senders) {
        List<String> expected = IntStream.range(0, 10).mapToObj(i -> sender + "-" + i).toList();
        Await.until(
            "all is heard of " + sender, () -> heard(two.onewrite(), sender).size() >= 10);
        assertEquals(expected, heard(one.onewrite(), sender));
      }
      Set<String> used = new HashSet<>();
      where.values().forEach(used::addAll);
      assertEquals(Set.of("node-1", "node-2"), used);
      List<String> crossed = new ArrayList<>(senders);
      crossed.removeIf(
          sender -> where.get("sender|" + sender).equals(where.get("listener|of-" + sender)));
      assertTrue(!crossed.isEmpty(), "nothing was delivered from one node to the other");
    }
  }
}
