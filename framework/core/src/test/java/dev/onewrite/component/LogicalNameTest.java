package dev.onewrite.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogicalNameTest {

  record SubmitForm() {}

  @Named(value = "submit", version = 3)
  record SubmitAgain() {}

  @ParameterizedTest
  @CsvSource({
    "SubmitForm, submit-form",
    "HTTPCall2, http-call2",
    "A, a",
    "AB, ab",
    "ABTest, ab-test",
    "TestA, test-a",
    "X2Y, x2-y",
    "Form_Saved, form_-saved",
    "Ärger, ärger"
  })
  void kebab_simpleName_splitsBeforeWords(String simpleName, String expected) {
    assertEquals(expected, LogicalName.kebab(simpleName));
  }

  @Test
  void name_ofPlainRecord_isKebabVersionOne() {
    assertEquals(new LogicalName("submit-form", 1), LogicalName.of(SubmitForm.class));
  }

  @Test
  void name_ofNamedRecord_isWhatTheAnnotationSays() {
    assertEquals(new LogicalName("submit", 3), LogicalName.of(SubmitAgain.class));
  }
}
