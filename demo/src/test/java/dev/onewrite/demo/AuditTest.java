package dev.onewrite.demo;

import dev.onewrite.component.Address;
import dev.onewrite.demo.AuditMessage.ReadTrail;
import dev.onewrite.testkit.Scene;
import dev.onewrite.testkit.Testkit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AuditTest {

  @RegisterExtension static final Testkit KIT = Testkit.create();

  private static final Address FORM = new Address("form", "f");

  private final Scene<AuditMessage> audit =
      KIT.given(Audit.COMPONENT).id(Audit.ledgerOf("parks", "f"));

  @Test
  void revisions_told_areKeptInTheOrderTheyCame() {
    audit.whenDelivered(FORM, new FormEdited("f", "parks", 1));
    audit.whenDelivered(FORM, new FormSubmitted("f", "parks", 2, "r"));

    audit.when(new ReadTrail()).nothing().replies(Trail.empty().and("f", 1).and("f", 2));
  }

  @Test
  void revision_toldTwice_isKeptOnce() {
    audit.whenDelivered(FORM, new FormEdited("f", "parks", 1));

    audit.whenRepeated().nothing().context(Trail.empty().and("f", 1));
  }
}
