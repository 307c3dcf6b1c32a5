package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.OverdueTimers;
import dev.onewrite.component.RetryableException;
import dev.onewrite.internal.pekko.AliveCheck;
import dev.onewrite.internal.pekko.ReadyCheck;
import dev.onewrite.projection.ClusterNodes.ClusterNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several nodes on one store keep what one node promises. */
final class ClusterTest {

  /** For what takes a second, on a machine that has other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  sealed interface SenderMessage {}

  record Say(int number) implements SenderMessage {}

  record Said(int number, String by) {}

  record Sayings(int count) {}

  sealed interface ListenerMessage {}

  record WhatWasSaid() implements ListenerMessage {}

  record Heard(List<String> sayings) {}

  private final Map<String, Set<String>> where = new ConcurrentHashMap<>();
  private final SharedStore store = new SharedStore();
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  private List<Component<?>> components(String node) {
    return List.of(
        sender(node),
        listener(node),
        TimersTest.bell(OverdueTimers.FIRE),
        ActivitiesTest.form((call, form) -> saved(node, call.idempotencyKey()), 1_000));
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

  /** The first node to be called never answers; another one does. */
  private ActivitiesTest.Saved saved(String node, String key) throws InterruptedException {
    called.add(node);
    keys.add(key);
    if (called.size() == 1) {
      new CountDownLatch(1).await();
    }
    return new ActivitiesTest.Saved(key);
  }

  /** As a client does: called again, with the same request id, while the outcome is unknown. */
  private int saidInTheEnd(Supplier<ClusterNode> from, String sender, int number) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return say(from.get(), sender, number);
      } catch (CompletionException e) {
        assertInstanceOf(RetryableException.class, e.getCause());
        assertTrue(System.nanoTime() < end, "still no answer: " + e.getCause());
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static List<String> inOrder(String sender, int count) {
    return IntStream.range(0, count).mapToObj(i -> sender + "-" + i).toList();
  }

  private void awaitHeard(ClusterNode from, String sender, int count) {
    List<String> expected = inOrder(sender, count);
    Await.until(
        "all of " + sender + " is heard",
        PATIENCE,
        () -> heardIfAny(from.onewrite(), sender).size() >= count);
    assertEquals(expected, heard(from.onewrite(), sender));
  }

  private List<String> heardIfAny(Onewrite node, String sender) {
    try {
      return heard(node, sender);
    } catch (CompletionException e) { // its entity is on its way
      assertInstanceOf(RetryableException.class, e.getCause());
      return List.of();
    }
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
        Await.until("all is heard of " + sender, () -> heard(two.onewrite(), sender).size() >= 10);
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

  @Test
  void node_leavingUnderLoad_showsNoErrorToAClientThatCallsAgain() throws Exception {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      ClusterNode two = nodes.start();
      AtomicReference<ClusterNode> second = new AtomicReference<>(two);
      AtomicBoolean enough = new AtomicBoolean();
      Map<String, Integer> counts = new ConcurrentHashMap<>();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        String sender = "c" + client;
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int number = 0; !enough.get(); number++) {
                    int even = number % 2;
                    int count = saidInTheEnd(() -> even == 0 ? one : second.get(), sender, number);
                    assertEquals(number + 1, count);
                    counts.put(sender, count);
                  }
                }));
      }
      Await.until("there is load", () -> counts.size() == 4);

      second.set(one);
      nodes.leave(two);

      Map<String, Integer> then = Map.copyOf(counts);
      Await.until(
          "every entity works on",
          PATIENCE,
          () -> counts.entrySet().stream().allMatch(e -> e.getValue() > then.get(e.getKey()) + 3));
      enough.set(true);
      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      counts.forEach((sender, count) -> awaitHeard(one, sender, count));
    }
  }

  /** Until {@code handoff-timeout} is over; Pekko's own is longer than a client's patience. */
  @Test
  @Tag("slow")
  void node_leavingJustWhenItIsGivenAShard_itsEntitiesAreElsewhereSoon() {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      assertEquals(1, say(one, "taken", 0)); // so the other region has fewer shards
      CompletableFuture<Void> left = UnluckyRegion.join(one.system(), "sender");

      long since = System.nanoTime();
      assertEquals(1, saidInTheEnd(() -> one, "unlucky", 0));

      assertTrue(left.isDone(), "the shard was not given to the region that leaves");
      Duration took = Duration.ofNanos(System.nanoTime() - since);
      assertTrue(took.compareTo(Duration.ofSeconds(45)) < 0, "it took " + took);
    }
  }

  @Test
  void node_killed_entitiesTimersActivitiesAndObserversGoOnElsewhere() throws Exception {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      ClusterNode two = nodes.start();
      List<String> senders = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
      senders.forEach(sender -> say(one, sender, 0));
      String moved =
          senders.stream()
              .filter(sender -> where.get("sender|" + sender).equals(Set.of("node-2")))
              .findFirst()
              .orElseThrow();
      Queue<Integer> observed = new ConcurrentLinkedQueue<>();
      one.onewrite()
          .ref(sender(""), moved)
          .observe(Sayings.class, state -> observed.add(state.context().count()));
      Await.until("the state of an entity elsewhere is shown", () -> observed.contains(1));
      Component<TimersTest.BellMessage> bell = TimersTest.bell(OverdueTimers.FIRE);
      for (int i = 0; i < 10; i++) {
        one.onewrite()
            .ref(bell, "bell" + i)
            .tell(new TimersTest.Wind("name", 4_000, "ding"))
            .toCompletableFuture()
            .join();
      }

      nodes.kill(two);

      for (String sender : senders) {
        assertEquals(2, saidInTheEnd(() -> one, sender, 1));
        awaitHeard(one, sender, 2);
      }
      Await.until("the observer follows", () -> observed.contains(2));
      assertEquals(List.of(1, 2), List.copyOf(observed));
      for (int i = 0; i < 10; i++) {
        String id = "bell" + i;
        Await.until(id + " rings", PATIENCE, () -> !rung(one.onewrite(), bell, id).isEmpty());
        assertEquals(List.of("ding"), rung(one.onewrite(), bell, id));
      }
    }
  }

  private static List<String> rung(
      Onewrite node, Component<TimersTest.BellMessage> bell, String id) {
    try {
      return node.ref(bell, id)
          .ask(new TimersTest.Listen(), TimersTest.Rung.class)
          .toCompletableFuture()
          .join()
          .texts();
    } catch (CompletionException e) { // its entity is on its way
      assertInstanceOf(RetryableException.class, e.getCause());
      return List.of();
    }
  }

  @Test
  void activity_whoseNodeIsKilled_isCalledAgainElsewhereWithTheSameKey() throws Exception {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      ClusterNode two = nodes.start();
      Component<ActivitiesTest.FormMessage> form = ActivitiesTest.form((c, f) -> null, 1);
      one.onewrite()
          .ref(form, "f")
          .tell(new ActivitiesTest.Submit("text"))
          .toCompletableFuture()
          .join();
      Await.until("the activity is called", PATIENCE, () -> !called.isEmpty());
      ClusterNode caller = called.contains("node-1") ? one : two;
      ClusterNode other = caller == one ? two : one;

      nodes.kill(caller);

      Await.until("it is called on the other node", PATIENCE, () -> called.size() == 2);
      assertEquals(1, keys.size());
      Await.until(
          "its result is there", PATIENCE, () -> phase(other.onewrite(), form).equals("SAVED"));
    }
  }

  private static String phase(Onewrite node, Component<ActivitiesTest.FormMessage> form) {
    try {
      return node.ref(form, "f")
          .ask(new ActivitiesTest.Look(), ActivitiesTest.Seen.class)
          .toCompletableFuture()
          .join()
          .phase();
    } catch (CompletionException e) { // its entity is on its way
      assertInstanceOf(RetryableException.class, e.getCause());
      return "";
    }
  }

  @Test
  void workers_ofAnotherNumberInTheNextRun_deliverAllOnceInOrder() {
    List<String> senders = IntStream.range(0, 10).mapToObj(i -> "w" + i).toList();
    int said = 0;
    for (int workers : new int[] {1, 3, 2}) {
      try (ClusterNodes nodes =
          new ClusterNodes(store, this::components).set("onewrite.outbox.workers", workers)) {
        ClusterNode one = nodes.start();
        ClusterNode two = nodes.start();
        for (String sender : senders) {
          say(one, sender, said);
          say(two, sender, said + 1);
        }
        said += 2;
        if (workers == 2) {
          for (String sender : senders) {
            awaitHeard(two, sender, said);
          }
        }
      }
    }
  }

  @Test
  void health_ofANode_followsClusterAndStore_andLifeDoesNotFollowTheStore() {
    try (ClusterNodes nodes = new ClusterNodes(store, this::components)) {
      ClusterNode one = nodes.start();
      ClusterNode two = nodes.start();
      ReadyCheck ready = new ReadyCheck(Adapter.toClassic(two.system()));
      AliveCheck alive = new AliveCheck(Adapter.toClassic(two.system()));
      Await.until("the node is ready", PATIENCE, () -> ready.get().toCompletableFuture().join());
      assertTrue(alive.get().toCompletableFuture().join());

      store.away(true);
      assertFalse(ready.get().toCompletableFuture().join());
      assertTrue(alive.get().toCompletableFuture().join());

      store.away(false);
      assertTrue(ready.get().toCompletableFuture().join());
      nodes.leave(two);
      assertFalse(ready.get().toCompletableFuture().join());
      assertFalse(alive.get().toCompletableFuture().join());
      assertTrue(one.isUp());
    }
  }
}
