package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full, and then there is space again: nobody is told a lie, and all goes on. */
@Tag("chaos")
final class FullDiskTest {

  /** 100 KiB a turn: what is free in the log's file is soon used up. */
  private static final String TEXT = "0123456789".repeat(10_240);

  private static final int TURNS_MAX = 1_000;

  sealed interface Message {}

  record Write(int number, String text) implements Message {}

  record Written(int times) {}

  record Line(int number, String text) {}

  record Look() implements Message {}

  private static final Component<Message> WRITER =
      Component.define("writer", Message.class)
          .context(() -> new Written(0))
          .on(
              Write.class,
              (turn, write) -> {
                turn.assign(written -> new Written(written.times() + 1));
                turn.emit(new Line(write.number(), write.text()));
                turn.reply(turn.machine().context());
              })
          .build();

  private static final Component<Message> READER =
      Component.define("reader", Message.class)
          .context(() -> Hearsay.all(0))
          .subscribe(
              Line.class,
              line -> "all",
              (turn, line) -> turn.assign(heard -> heard.with(line.number())))
          .answer(Look.class, (view, look) -> view.context())
          .build();

  @TempDir Path directory;

  @Test
  void sqliteOnAFullDisk_refusesCoded_andGoesOnWithSpace() throws Exception {
    try (FullDisk disk = FullDisk.mount(directory.resolve("disk"), 64)) {
      fillAndFree(disk, new Stage.Sqlite(disk.folder()), () -> {});
    }
  }

  @Test
  void postgresOnAFullDisk_refusesCoded_andGoesOnWithSpace() throws Exception {
    try (FullDisk disk = FullDisk.mount(directory.resolve("disk"), 400);
        Stage.Postgres stage = Stage.Postgres.alone(disk.folder())) {
      fillAndFree(disk, stage, () -> startIfDead(stage.server()));
    }
  }

  private static void fillAndFree(FullDisk disk, Stage stage, Runnable mended) throws Exception {
    try (Onewrite node = builder(stage).start()) {
      assertEquals("", write(node, 0));
      disk.fill();

      int number = 1;
      String code = write(node, number);
      while (code.isEmpty() && number < TURNS_MAX) {
        code = write(node, ++number);
      }
      assertTrue(code.startsWith("OW"), "turn " + number + ": '" + code + "'");
      disk.free();

      int refused = number;
      Hearsay.await(
          "the same request is taken",
          120,
          () -> {
            mended.run();
            return write(node, refused).isEmpty();
          });
      assertEquals("", write(node, number + 1));
      int count = number + 2;
      Hearsay.await("all is read", 120, () -> look(node).times() >= count);
      assertEquals(Hearsay.all(count), look(node));
      System.out.printf("full disk: turn %d failed with %s%n", refused, code);
    }
    try (Inspection inspection = builder(stage).inspect()) {
      assertEquals(List.of(), inspection.verify().findings());
    }
  }

  /** A server that cannot write its log ends, and somebody starts it again. */
  private static void startIfDead(PostgresServer server) {
    try {
      server.postmaster();
    } catch (IllegalStateException e) {
      server.start();
    }
  }

  private static Onewrite.Builder builder(Stage stage) {
    return Onewrite.builder()
        .config(ConfigFactory.parseString(stage.last()))
        .component(WRITER)
        .component(READER);
  }

  /** The code that it failed with, if any. */
  private static String write(Onewrite node, int number) {
    try {
      node.ref(WRITER, "one")
          .ask(new Write(number, TEXT), Written.class, "write-" + number)
          .toCompletableFuture()
          .join();
      return "";
    } catch (CompletionException e) {
      return e.getCause() instanceof OnewriteException known ? known.code() : "" + e.getCause();
    }
  }

  private static Hearsay.Heard look(Onewrite node) {
    try {
      return node.ref(READER, "all")
          .ask(new Look(), Hearsay.Heard.class)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      return Hearsay.all(0); // not yet
    }
  }
}
