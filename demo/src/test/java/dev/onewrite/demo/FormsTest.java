package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.demo.FormMessage.Accepted;
import dev.onewrite.demo.FormMessage.EditForm;
import dev.onewrite.demo.FormMessage.FormStatus;
import dev.onewrite.demo.FormMessage.Noted;
import dev.onewrite.demo.FormMessage.ReadForm;
import dev.onewrite.demo.FormMessage.SubmitForm;
import dev.onewrite.testkit.CrashDrill;
import dev.onewrite.testkit.Part;
import dev.onewrite.testkit.Scene;
import dev.onewrite.testkit.Testkit;
import dev.onewrite.testkit.Untaken;
import dev.onewrite.testkit.Wiring;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FormsTest {

  @RegisterExtension static final Testkit KIT = Testkit.create().untaken(Untaken.FAIL);

  private static final Content CONTENT = new Content("Ada", "Bench", 500, "A bench, please");

  private final Component<FormMessage> form =
      Forms.saving((id, content, key) -> "receipt of " + id, "node-1");

  // snippet: testing
  @Test
  void form_submitted_isSavedAndTheWorldIsTold() {
    KIT.given(form)
        .id("form-42")
        .when(new SubmitForm("parks", CONTENT))
        .transitions("EDITING/SaveStarted", "SAVING/SaveSucceeded")
        .emits(new FormSubmitted("form-42", "parks", 1, "receipt of form-42"))
        .replies(new Accepted(1, "receipt of form-42"))
        .state(Phase.SAVED);
  }

  @Test
  void form_whoseSavingTakesTooLong_isEditedAgain() {
    KIT.given(form)
        .state(Phase.SAVING, new Draft(1, "A bench", ""))
        .whenTimePasses(Duration.ofSeconds(30))
        .transitions("SAVING/after 30s")
        .state(Phase.EDITING);
  }

  // end

  @Test
  void form_edited_countsItsRevisions() {
    Scene<FormMessage> scene = KIT.given(form).id("form-42");

    scene
        .when(new EditForm("parks", "A"))
        .transitions("EDITING/DraftChanged")
        .emits(new FormEdited("form-42", "parks", 1))
        .replies(new Noted(1));
    scene
        .when(new EditForm("parks", "A b"))
        .emits(new FormEdited("form-42", "parks", 2))
        .replies(new Noted(2))
        .context(new Draft(2, "A b", ""));
    scene.whenRepeated().nothing().replies(new Noted(2));
  }

  @Test
  void form_thatIsSaved_refusesDraftsAndAnswersQuestions() {
    Scene<FormMessage> scene = KIT.given(form).state(Phase.SAVED, new Draft(3, "A", "r"));

    scene.when(new EditForm("parks", "B")).refused("OW109");
    scene
        .when(new ReadForm())
        .nothing()
        .replies(new FormStatus(Phase.SAVED, 3, "A", "r", "node-1"));
  }

  @Test
  void form_whoseRegistryFails_isAsItWas() {
    Component<FormMessage> unlucky =
        Forms.saving(
            (id, content, key) -> {
              throw new IOException("no route");
            },
            "node-1");

    KIT.given(unlucky).when(new SubmitForm("parks", CONTENT)).threw(IOException.class);
  }

  // snippet: testing-wiring
  @Test
  void audit_hearsOfEachRevisionInOrder_whateverIsDeliveredTwice() {
    Wiring forms = KIT.wire(form, Audit.COMPONENT);
    String ledger = Audit.ledgerOf("parks", "form-42");
    forms.request(form, "form-42", new EditForm("parks", "A")).ignoring(Part.REPLY);
    forms.request(form, "form-42", new SubmitForm("parks", CONTENT)).ignoring(Part.REPLY);

    forms.deliver();
    forms.redeliver(forms.delivered().get(0)).nothing();
    forms.deliverAll();

    assertEquals(
        Trail.empty().and("form-42", 1).and("form-42", 2),
        forms.entity(Audit.COMPONENT, ledger).context());
  }

  // end

  /** Keeps what it saved, once a key, outside the process. */
  private static final class Ledger implements Registry {
    private final List<String> saved = new ArrayList<>();
    private final Map<String, String> receipts = new LinkedHashMap<>();

    @Override
    public String save(String id, Content content, String key) {
      return receipts.computeIfAbsent(
          key,
          unseen -> {
            saved.add(id);
            return "receipt " + saved.size();
          });
    }
  }

  // snippet: testing-drill
  @Test
  void form_whereverTheProcessDies_isSavedOnceAndAuditedOnce() {
    CrashDrill.of(
            drill -> {
              Ledger registry = new Ledger();
              drill.start(() -> List.of(Forms.saving(registry, "node-1"), Audit.COMPONENT));
              drill.request(new Address("form", "form-42"), new EditForm("parks", "A"));
              drill.request(new Address("form", "form-42"), new SubmitForm("parks", CONTENT));
              drill.settle();
              drill.observe("saved", registry.saved);
            })
        .twice()
        .run();
  }
  // end
}
