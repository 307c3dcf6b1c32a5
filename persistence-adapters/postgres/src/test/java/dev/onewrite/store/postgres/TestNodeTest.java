package dev.onewrite.store.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.testkit.OnewriteTest;
import dev.onewrite.testkit.TestNode;
import dev.onewrite.testkit.TestStore;
import org.junit.jupiter.api.Test;

@OnewriteTest(store = TestStore.POSTGRES)
final class TestNodeTest {

  record Add() {}

  record Count(int all) {}

  private final Component<Add> counter =
      Component.define("counter", Add.class)
          .context(() -> new Count(0))
          .on(Add.class, (turn, add) -> turn.assign(count -> new Count(count.all() + 1)))
          .build();

  @Test
  void node_onPostgres_keepsItsStateOverARestart(Onewrite onewrite, TestNode node) {
    assertTrue(onewrite.store().startsWith("postgres at "), onewrite.store());
    node.ref(counter, "1").tell(new Add()).toCompletableFuture().join();

    node.restart();

    node.await(counter, "1", Count.class, count -> count.context().all() == 1);
  }
}
