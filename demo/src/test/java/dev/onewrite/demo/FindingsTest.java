package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.demo.FormMessage.FormStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each test fabricates one thing gone wrong; the findings must not miss it. */
final class FindingsTest {

  private static final FormCase FORM =
      new FormCase("f1", "parks", new Content("Ada", "Bench", 5, "c"), List.of("a", "b"));

  private final Map<String, Integer> answers =
      new HashMap<>(Map.of("f1/1", 1, "f1/2", 2, "f1/3", 3));
  private List<Integer> heard = List.of(1, 2, 3);
  private FormStatus status = new FormStatus(Phase.SAVED, 3, "c", "receipt-1", "node-1");
  private Set<String> receipts = Set.of("receipt-1");

  private Findings findings() {
    Trail trail = new Trail(Map.of("f1", heard));
    return Findings.of(
        List.of(FORM),
        answers,
        new Inquiry.Testimony(Map.of("parks-1", trail), Map.of("f1", status)),
        form -> receipts);
  }

  private void assertFound(int lost, int doubled, int outOfOrder) {
    Findings findings = findings();
    assertEquals(
        List.of(lost, doubled, outOfOrder),
        List.of(findings.lost(), findings.doubled(), findings.outOfOrder()),
        findings.toString());
    assertFalse(findings.clean());
    assertFalse(findings.details().isEmpty());
  }

  @Test
  void everything_onceAndInOrder_isClean() {
    assertEquals(new Findings(1, 1, 1, 3, 1, 3, 0, 0, 0, List.of()), findings());
    assertTrue(findings().clean());
  }

  @Test
  void answeredStep_notAudited_isLost() {
    heard = List.of(1, 3);

    assertFound(1, 0, 0);
  }

  @Test
  void answeredForm_notSaved_isLost() {
    status = new FormStatus(Phase.EDITING, 2, "b", "", "node-1");

    assertFound(1, 0, 0);
  }

  @Test
  void savedForm_withAReceiptNobodyGave_isLost() {
    receipts = Set.of("receipt-2");

    assertFound(1, 0, 0);
  }

  @Test
  void revision_auditedTwice_isDoubled() {
    heard = List.of(1, 2, 2, 3);

    assertFound(0, 1, 0);
  }

  @Test
  void revision_thatNoStepAskedFor_isDoubled() {
    heard = List.of(1, 2, 3, 4);

    assertFound(0, 1, 0);
  }

  @Test
  void form_savedUnderTwoKeys_isDoubled() {
    receipts = Set.of("receipt-1", "receipt-2");

    assertFound(0, 1, 0);
  }

  @Test
  void step_answeredAsALaterRevision_isDoubled() {
    answers.put("f1/2", 3);

    assertFound(0, 1, 0);
  }

  @Test
  void form_nobodySent_isDoubled() {
    Findings findings =
        Findings.of(
            List.of(),
            Map.of(),
            new Inquiry.Testimony(Map.of("parks-1", new Trail(Map.of("f9", List.of(1)))), Map.of()),
            form -> Set.of());

    assertEquals(1, findings.doubled());
  }

  @Test
  void revision_auditedAfterALaterOne_isOutOfOrder() {
    heard = List.of(1, 3, 2);

    assertFound(0, 0, 1);
  }

  @Test
  void revision_auditedAgainAfterALaterOne_isDoubledAndNotOutOfOrder() {
    heard = List.of(1, 2, 1, 3);

    assertFound(0, 1, 0);
  }

  @Test
  void form_notAllAnswered_isNotClean() {
    answers.remove("f1/3");
    heard = List.of(1, 2);
    status = new FormStatus(Phase.EDITING, 2, "b", "", "node-1");

    assertEquals(0, findings().answered());
    assertFalse(findings().clean());
  }
}
