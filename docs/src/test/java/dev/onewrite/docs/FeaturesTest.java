package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Committed;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeaturesTest {

  @TempDir Path directory;

  @Test
  void order_bought_isChargingAndThenPaid() throws Exception {
    Component<Features.OrderMessage> orders = Features.order((cents, key) -> "r" + cents);
    CompletableFuture<Committed<Features.Order>> paid = new CompletableFuture<>();

    try (Onewrite onewrite = Onewrite.builder().component(orders).directory(directory).start()) {
      Ref<Features.OrderMessage> order = onewrite.ref(orders, "1");
      order.observe(
          Features.Order.class,
          state -> {
            if (state.states().equals(List.of("PAID"))) {
              paid.complete(state);
            }
          });
      order.tell(new Features.Buy(300)).toCompletableFuture().join();

      assertEquals(new Features.Order(300, "r300"), paid.get(10, TimeUnit.SECONDS).context());
    }
  }
}
