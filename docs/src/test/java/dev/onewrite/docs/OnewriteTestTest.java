package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.testkit.Entity;
import dev.onewrite.testkit.OnewriteTest;
import dev.onewrite.testkit.TestNode;
import dev.onewrite.testkit.TestStore;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@OnewriteTest(store = TestStore.SQLITE, settings = "onewrite.turn-timeout = 5s")
final class OnewriteTestTest {

  private static final Component<Quickstart.AuditMessage> AUDIT = Quickstart.AUDIT;

  private int saves;
  private final Component<Quickstart.FormMessage> form =
      Quickstart.form(
          (data, key) -> {
            saves++;
            return "receipt " + saves;
          });

  // snippet: node-test
  @Test
  void form_submitted_isAuditedAlsoAfterARestart(
      TestNode node, @Entity("form-42") Ref<Quickstart.FormMessage> ref) {
    ref.ask(new Quickstart.SubmitForm("hello"), Quickstart.Accepted.class)
        .toCompletableFuture()
        .join();

    node.restart();

    node.await(
        AUDIT,
        "forms",
        Quickstart.Audited.class,
        audited -> audited.context().equals(new Quickstart.Audited(List.of("receipt 1"))));
  }

  // end

  @Test
  void parameters_areOfOneNodeOnTheStoreAskedFor(Onewrite onewrite, TestNode node) {
    assertEquals(node.onewrite(), onewrite);
    assertTrue(onewrite.store().contains("sqlite"), onewrite.store());
    assertFalse(onewrite.store().contains("onewrite-data"), onewrite.store());
    assertEquals(List.of(), node.incidents());
  }

  @Nested
  @OnewriteTest
  final class InMemory {

    @Test
    void nestedClass_ofAnotherStore_hasTheComponentsOfTheOuterOneToo(
        Onewrite onewrite, TestNode node) {
      assertTrue(onewrite.store().startsWith("memory"), onewrite.store());

      node.ref(form, "1").tell(new Quickstart.SubmitForm("hello")).toCompletableFuture().join();

      node.await(
          AUDIT,
          "forms",
          Quickstart.Audited.class,
          audited -> audited.context().receipts().size() == 1);
    }
  }
}
