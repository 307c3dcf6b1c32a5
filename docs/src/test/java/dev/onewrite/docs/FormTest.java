package dev.onewrite.docs;

// snippet: quickstart-test
import dev.onewrite.component.Address;
import dev.onewrite.testkit.Testkit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormTest {

  @RegisterExtension static final Testkit KIT = Testkit.create();

  @Test
  void form_submitted_isSavedAndTheWorldIsTold() {
    KIT.given(Quickstart.form((data, key) -> "receipt of " + data))
        .id("form-42")
        .when(new Quickstart.SubmitForm("hello"))
        .transitions("EDITING/SaveStarted", "SAVING/SaveSucceeded")
        .emits(new Quickstart.FormSubmitted("receipt of hello", "hello"))
        .replies(new Quickstart.Accepted("receipt of hello"))
        .state(Quickstart.Phase.SAVED);
  }

  @Test
  void audit_hearingOfAForm_keepsItsReceipt() {
    KIT.given(Quickstart.AUDIT)
        .id("forms")
        .whenDelivered(new Address("form", "form-42"), new Quickstart.FormSubmitted("r1", "hello"))
        .context(new Quickstart.Audited(List.of("r1")));
  }
}
// end
