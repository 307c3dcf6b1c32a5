package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntakeTest {

  private static final String GOOD =
      "{'form':'f1','department':'parks','applicant':'Ada','subject':'Bench','amount':5,"
          + "'drafts':['a','b'],'text':'c'}";

  private final List<String> complaints = new ArrayList<>();

  private Intake read(String... lines) throws IOException {
    String text = String.join("\n", lines).replace('\'', '"');
    return Intake.read(new BufferedReader(new StringReader(text)), 100, complaints::add);
  }

  @Test
  void formsOfTheRepository_read_areThreeHundredOrMoreAndAllGood() throws IOException {
    Path forms = Path.of(System.getProperty("onewrite.root", ".."), "demo", "forms.jsonl");
    try (BufferedReader in = Files.newBufferedReader(forms)) {
      Intake intake = Intake.read(in, Intake.FORMS_MAX, complaints::add);

      assertEquals(List.of(), complaints);
      assertTrue(intake.cases().size() >= 300, "only " + intake.cases().size());
    }
  }

  @Test
  void malformedLines_amongOthers_areReportedWithTheirNumberAndTheOthersGoOn() throws IOException {
    Intake intake = read("{'form':", GOOD, "", "[1]", GOOD.replace("f1", "f2"));

    assertEquals(List.of("f1", "f2"), intake.cases().stream().map(FormCase::form).toList());
    assertEquals(2, intake.malformed());
    assertEquals(2, complaints.size());
    assertTrue(complaints.get(0).startsWith("line 1: not JSON at column "), complaints.get(0));
    assertEquals("line 4: expected a JSON object, found a list of 1; left out", complaints.get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'form':'f1'        | 'form':7             | form: expected a text, found 7",
        "'form':'f1'        | 'form':''            | form: expected 1 to 40 characters",
        "'department':      | 'section':           | unknown fields [section]",
        "'subject':'Bench', | ''                   | not JSON",
        "'amount':5         | 'amount':-1          | amount: expected a whole number of euros",
        "'amount':5         | 'amount':1.5         | amount: expected a whole number of euros",
        "'amount':5         | 'amount':'5'         | amount: expected a whole number of euros",
        "['a','b']          | 'a'                  | drafts: expected a list of up to 8",
        "['a','b']          | ['a',null]           | drafts[1]: expected a text, found null",
        "['a','b']          | [1,2,3,4,5,6,7,8,9]  | drafts: expected a list of up to 8, found a"
      })
  void line_withOneFlaw_isLeftOutForThatReason(String part, String flawed, String reason)
      throws IOException {
    Intake intake = read(GOOD.replace(part, flawed));

    assertEquals(List.of(), intake.cases());
    assertEquals(1, intake.malformed());
    assertTrue(complaints.get(0).startsWith("line 1: " + reason), complaints.get(0));
  }

  @Test
  void form_withAnIdThatWasThere_isLeftOutAndNamesTheFirst() throws IOException {
    Intake intake = read(GOOD, GOOD);

    assertEquals(1, intake.cases().size());
    assertEquals(
        List.of("line 2: form \"f1\" is on line 1 already; its id must be new; left out"),
        complaints);
  }

  @Test
  void id_atAndOverTheLimit_isTakenAndRefused() throws IOException {
    String longest = "x".repeat(Intake.ID_LENGTH_MAX);

    Intake intake = read(GOOD.replace("f1", longest), GOOD.replace("f1", longest + "x"));

    assertEquals(longest, intake.cases().get(0).form());
    assertEquals(1, intake.malformed());
  }
}
