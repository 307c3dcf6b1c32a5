package dev.onewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Counters.Add;
import dev.onewrite.Counters.Get;
import dev.onewrite.Counters.Message;
import dev.onewrite.Counters.Total;
import dev.onewrite.component.Component;
import org.junit.jupiter.api.Test;

final class MemoryNodeTest {

  private static final Component<Message> COUNTER = Counters.counter().build();

  private static Onewrite.Builder memory() {
    return Onewrite.builder()
        .component(COUNTER)
        .durability("memory")
        .set("onewrite.passivate-after", "10ms");
  }

  @Test
  void node_inMemory_keepsEntitiesThatLeaveAndForgetsAllAtItsEnd() {
    try (Onewrite node = memory().start()) {
      assertTrue(node.store().contains("memory"), node.store());
      for (int i = 1; i <= 20; i++) {
        assertEquals(
            new Total(i, i), Await.value(node.ref(COUNTER, "one").ask(new Add(1), Total.class)));
      }
    }
    try (Onewrite node = memory().start()) {
      assertEquals(
          new Total(0, 0), Await.value(node.ref(COUNTER, "one").ask(new Get(), Total.class)));
    }
  }

  /** Two nodes of one process share nothing. */
  @Test
  void nodes_ofOneProcess_areStrangers() {
    try (Onewrite a = memory().start();
        Onewrite b = memory().start()) {
      Await.value(a.ref(COUNTER, "one").tell(new Add(7)));

      assertEquals(new Total(0, 0), Await.value(b.ref(COUNTER, "one").ask(new Get(), Total.class)));
    }
  }
}
