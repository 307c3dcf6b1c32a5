package dev.onewrite.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/**
 * The page in a real browser, before a real server that is really killed. Pictures go to {@code
 * -Donewrite.pictures=DIR}, by default target/pictures.
 */
@Tag("browser")
final class PageTest {

  private static final Path PICTURES =
      Path.of(System.getProperty("onewrite.pictures", "target/pictures"));

  @TempDir static Path directory;
  @TempDir Path profile;

  private static PageProcess page;
  private Browser browser;

  @BeforeAll
  static void serve() throws IOException {
    page = PageProcess.start(directory);
  }

  @AfterAll
  static void end() {
    page.close();
  }

  @BeforeEach
  void browse() {
    browser = new Browser(profile);
    browser.open(page.url());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void save_isShownAsSavingAndThenAsSaved() {
    browser.save("One", "first");

    browser.awaitText("truth", "Saving revision 1.");
    assertEquals(Set.of("SAVING"), lit());
    browser.awaitText("truth", "Saved as revision 1.");
    assertEquals(Set.of("SAVED"), lit());
    browser.until("it is audited", b -> b.audited(b.form()).equals(List.of("One 1")));
    assertEquals(List.of(), browser.errors());
  }

  @Test
  void save_whoseServerIsKilledMeanwhile_isAuditedOnce() throws IOException {
    long before = page.kills();
    browser.save("Killed", "while saving");
    browser.awaitText("truth", "Saving revision 1.");
    browser.click("kill");
    browser.awaitText("connection", "connecting");

    browser.awaitText("connection", "live");
    browser.awaitText("truth", "Saved as revision 1.");
    browser.until("it is audited", b -> !b.audited(b.form()).isEmpty());

    assertEquals(List.of("Killed 1"), browser.audited(browser.form()));
    assertEquals(before + 1, page.kills());
    assertEquals(List.of(), errorsOfThePage());
  }

  @Test
  void save_whileTheServerIsDown_isSafeAndSentWhenItIsBack() throws IOException {
    browser.click("kill");
    browser.awaitText("connection", "connecting");
    browser.save("Down", "nobody listens");
    browser.awaitText("truth", "One save is safe in this browser.");

    browser.awaitText("truth", "Saved as revision 1.");
    browser.until("it is audited", b -> !b.audited(b.form()).isEmpty());

    assertEquals(List.of("Down 1"), browser.audited(browser.form()));
    assertEquals(List.of(), errorsOfThePage());
  }

  @Test
  void answer_thatIsLost_isAskedForAgainAndCountsOnce() {
    browser
        .driver()
        .executeScript(
            "const real = window.fetch; window.lost = 0;"
                + "window.fetch = async (...call) => {"
                + "  const response = await real(...call);"
                + "  if (call[1]?.method === 'POST' && window.lost < 2) {"
                + "    window.lost++; throw new TypeError('the answer is lost');"
                + "  }"
                + "  return response;"
                + "};");
    browser.save("Lost", "twice");
    browser.awaitText("truth", "Saved as revision 1.");
    browser.save("Behind it", "once");
    browser.awaitText("truth", "Saved as revision 2.");
    browser.until("both are audited", b -> b.audited(b.form()).size() >= 2);

    assertEquals(2L, browser.driver().executeScript("return window.lost"));
    assertEquals(List.of("Lost 1", "Behind it 2"), browser.audited(browser.form()));
  }

  @Test
  void saves_ofABrowserWhoseClockIsAhead_areTakenInOrderOnceEach() {
    browser
        .driver()
        .executeScript("const now = Date.now; Date.now = () => now() + 24 * 60 * 60 * 1000;");
    browser.save("Ahead", "by a day");
    browser.awaitText("truth", "Saved as revision 1.");
    browser.save("Behind it", "once");
    browser.awaitText("truth", "Saved as revision 2.");
    browser.until("both are audited", b -> b.audited(b.form()).size() >= 2);

    assertEquals(List.of("Ahead 1", "Behind it 2"), browser.audited(browser.form()));
  }

  @Test
  void saves_offlineAndReloaded_areThereInOrderOnceEach() {
    browser.click("offline");
    browser.awaitText("connection", "offline");
    for (String subject : List.of("A", "B", "C")) {
      browser.save(subject, "offline");
    }
    browser.awaitText("truth", "3 saves are safe in this browser.");

    browser.driver().navigate().refresh();
    browser.awaitText("truth", "3 saves are safe in this browser.");
    assertEquals("offline", browser.text("connection"));
    assertEquals(List.of(), browser.audited(browser.form()));
    browser.click("offline");
    browser.awaitText("truth", "Saved as revision 3.");
    browser.until("all are audited", b -> b.audited(b.form()).size() >= 3);

    assertEquals(List.of("A 1", "B 2", "C 3"), browser.audited(browser.form()));
    assertEquals(List.of(), browser.errors());
  }

  @Test
  void secondTab_followsLiveAndGoesOnAlone() {
    String first = browser.driver().getWindowHandle();
    browser.driver().switchTo().newWindow(WindowType.TAB);
    browser.open(page.url());
    String second = browser.driver().getWindowHandle();
    browser.driver().switchTo().window(first);
    browser.save("Seen by both", "x");

    browser.driver().switchTo().window(second);
    browser.awaitText("truth", "Saved as revision 1.");
    browser.until("it is audited", b -> b.audited(b.form()).equals(List.of("Seen by both 1")));
    browser.driver().switchTo().window(first);
    browser.awaitText("truth", "Saved as revision 1.");
    browser.driver().close(); // the one that had the streams
    browser.driver().switchTo().window(second);
    browser.awaitText("connection", "live");
    browser.save("By the second", "y");
    browser.awaitText("truth", "Saved as revision 2.");

    assertEquals(List.of(), browser.errors());
  }

  @Test
  void form_withoutASubject_isNotSentAndSaysSo() {
    browser.save(" ", "x");

    assertTrue(browser.element("subject-error").isDisplayed());
    assertTrue(browser.text("truth").contains("Nothing saved yet."));
  }

  @Test
  void page_byKeyboardAlone_saves() {
    browser.element("subject").sendKeys("By keyboard", Keys.TAB);
    browser.driver().switchTo().activeElement().sendKeys("no mouse", Keys.TAB);
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

    browser.awaitText("truth", "Saved as revision 1.");
  }

  @Test
  void page_onDeskAndPhone_isAccessibleAndHasItsPicture() throws IOException {
    browser.save("Leave of absence", "Two weeks in spring.");
    browser.awaitText("truth", "Saved as revision 1.");
    browser.save("Leave of absence", "Three weeks in spring.");
    browser.awaitText("truth", "Saved as revision 2.");
    browser.until("both are audited", b -> b.audited(b.form()).size() == 2);
    browser.until(
        "the strip is full",
        b -> b.driver().findElements(By.cssSelector("#batches li")).size() >= 6);

    browser.size(1280, 1000, false);
    assertEquals(List.of(), browser.violations());
    browser.picture(PICTURES.resolve("page-desk.png"));
    browser.size(390, 844, true);
    assertEquals(List.of(), browser.violations());
    assertEquals(
        390L,
        browser.driver().executeScript("return document.documentElement.scrollWidth"),
        "nothing sticks out on a phone");
    browser.picture(PICTURES.resolve("page-phone.png"));
  }

  @Test
  void picture_showsTheStatesOfTheMachine() {
    Set<String> drawn =
        browser.driver().findElements(By.cssSelector("#machine .state")).stream()
            .map(node -> node.getAttribute("data-state"))
            .collect(Collectors.toSet());

    assertEquals(Arrays.stream(Stage.values()).map(Stage::name).collect(Collectors.toSet()), drawn);
    assertEquals(Set.of("EDITING"), lit());
  }

  private Set<String> lit() {
    return browser.driver().findElements(By.cssSelector("#machine .state.lit")).stream()
        .map(node -> node.getAttribute("data-state"))
        .collect(Collectors.toSet());
  }

  /** Without those of the network, which a dead server must cause. */
  private List<String> errorsOfThePage() {
    return browser.errors().stream().filter(error -> !error.contains("net::ERR_")).toList();
  }
}
