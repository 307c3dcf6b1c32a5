package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture in the docs is what the demo's machine prints of itself. */
final class MachinePictureTest {

  @Test
  void picture_inTheDocs_isTheMachines() throws IOException {
    Path docs = Path.of(System.getProperty("onewrite.root", ".."), "docs", "machine.md");

    String picture = Forms.MACHINE.toMermaid();

    assertTrue(
        Files.readString(docs).contains("```mermaid\n" + picture.strip() + "\n```"),
        "docs/machine.md should show:\n" + picture);
  }
}
