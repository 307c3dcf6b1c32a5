package dev.onewrite.demo.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium with the page in it. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** 60 s: a busy machine starts a killed server in a few. */
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  Browser(Path profile) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      throw new IllegalStateException(
          "These tests need "
              + CHROMIUM
              + " and "
              + DRIVER
              + ": apt-get install chromium chromium-driver");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1000",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens the page; a server that is just starting is waited for. */
  void open(String url) {
    until(
        "the page is there",
        page -> {
          try {
            page.driver.get(url);
            return page.driver.getTitle().contains("Onewrite");
          } catch (org.openqa.selenium.WebDriverException e) { // nobody listens yet
            return false;
          }
        });
    awaitText("connection", "live");
  }

  WebElement element(String id) {
    return driver.findElement(By.id(id));
  }

  String text(String id) {
    return element(id).getText();
  }

  void click(String id) {
    element(id).click();
  }

  /** Fills the form in and presses Save. */
  void save(String subject, String text) {
    element("subject").clear();
    element("subject").sendKeys(subject);
    element("text").clear();
    element("text").sendKeys(text);
    driver.findElement(By.cssSelector("button.primary")).click();
  }

  void awaitText(String id, String part) {
    until(id + " says \"" + part + "\"", page -> page.text(id).contains(part));
  }

  /** The entries of the audit list that are of this form, oldest first: subject and revision. */
  List<String> audited(String form) {
    List<String> newestFirst =
        driver.findElements(By.cssSelector("#audit li[data-key^='" + form + "/']")).stream()
            .map(
                item ->
                    item.findElement(By.tagName("span")).getText()
                        + " "
                        + item.getAttribute("data-key").replaceAll(".*/", ""))
            .toList();
    List<String> oldestFirst = new java.util.ArrayList<>(newestFirst);
    java.util.Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /** The form that the page shows. */
  String form() {
    return driver.getCurrentUrl().replaceAll(".*#", "");
  }

  void until(String what, Predicate<Browser> condition) {
    try {
      new WebDriverWait(driver, WITHIN, Duration.ofMillis(50))
          .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
          .until(ignored -> condition.test(this));
    } catch (TimeoutException e) {
      throw new AssertionError(
          "not within " + WITHIN + ": " + what + "; the page says " + text("truth"), e);
    }
  }

  /** What the console has said since the last call, at the level of errors. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What axe finds wrong, as it says it. */
  List<?> violations() throws IOException {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run().then(r => done(r.violations.map(v => v.id + ': '"
                + " + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '))))"
                + ".catch(e => done(['axe failed: ' + e]));");
    return (List<?>) found;
  }

  /** The window as a desk's or a phone's. */
  void size(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** The whole page, also what one would have to scroll to. */
  void picture(Path file) throws IOException {
    Object data =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
