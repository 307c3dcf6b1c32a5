package dev.onewrite.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.internal.codec.BatchCodec;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Outcome;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that somebody else has had in his hands: their entities refuse, all others go on. */
@Tag("chaos")
final class DamagedRowsTest {

  private static final int ROWS = 600;

  @TempDir Path folder;

  @Test
  void rows_damagedInSqlite_stopTheirEntitiesAlone() throws Exception {
    try (Stage stage = new Stage.Sqlite(folder)) {
      damage(stage, "jdbc:sqlite:" + folder.resolve("store/onewrite.db"), "journal");
    }
  }

  @Test
  void rows_damagedInPostgres_stopTheirEntitiesAlone() throws Exception {
    try (Stage.Postgres stage = Stage.Postgres.alone(folder)) {
      damage(stage, stage.server().url(), "onewrite.journal");
    }
  }

  private static void damage(Stage stage, String url, String table) throws Exception {
    try (Onewrite node =
        Hearsay.node(stage, Faults.NONE).set("onewrite.snapshot-every", 1_000).start()) {
      Hearsay.saySilently(node, "holed", ROWS);
      for (String speaker : new String[] {"flipped", "bomb", "foreign", "sound"}) {
        Hearsay.sayEach(node, speaker, 3, "of-" + speaker);
      }
      Hearsay.await("all is heard", () -> Hearsay.heard(node, "of-sound").equals(Hearsay.all(3)));
    }
    try (Rows rows = new Rows(DriverManager.getConnection(url), table)) {
      byte[] flipped = rows.payload("speaker|flipped", 2);
      flipped[flipped.length / 2] ^= 1;
      rows.replace("speaker|flipped", 2, flipped);
      rows.replace("speaker|bomb", 2, sealed("speaker|bomb", bomb()));
      rows.replace("speaker|foreign", 2, foreign(rows.payload("speaker|foreign", 2)));
      rows.remove("speaker|holed", 50, 549);
    }

    try (Onewrite node = Hearsay.node(stage, Faults.NONE).start()) {
      refuses("OW201", node, "flipped");
      refuses("OW201", node, "bomb");
      refuses("OW202", node, "foreign");
      refuses("OW206", node, "holed");
      Hearsay.say(node, "sound", new Hearsay.Say(3, 4, "of-sound"));
      Hearsay.await("others go on", () -> Hearsay.heard(node, "of-sound").equals(Hearsay.all(4)));
    }
  }

  private static void refuses(String code, Onewrite node, String speaker) {
    CompletionException failure =
        assertThrows(
            CompletionException.class,
            () -> Hearsay.say(node, speaker, new Hearsay.Say(3, 4, "of-" + speaker)));
    OnewriteException coded = assertInstanceOf(OnewriteException.class, failure.getCause());
    assertEquals(code, coded.code(), coded.getMessage());
  }

  /** One GiB of zeros, in one MiB. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 1 << 10; i++) {
        gzip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  /** With a checksum that is right: whoever can write rows can do that too. */
  private static byte[] sealed(String persistenceId, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(persistenceId.getBytes(StandardCharsets.UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, 2L));
    crc.update(BatchCodec.MANIFEST.getBytes(StandardCharsets.UTF_8));
    crc.update(body);
    return ByteBuffer.allocate(Integer.BYTES + body.length)
        .putInt((int) crc.getValue())
        .put(body)
        .array();
  }

  /** The same row with a context of a class that everybody has, and nobody registered. */
  private static byte[] foreign(byte[] framed) {
    Types types = new Types();
    types.register((Component<?>) Hearsay.SPEAKER);
    BatchCodec codec = new BatchCodec(new PayloadCodec(types, 1 << 20));
    Batch batch =
        codec.decode(
            new dev.onewrite.spi.JournalRow(
                new Address("speaker", "foreign").persistenceId(),
                2,
                "",
                BatchCodec.MANIFEST,
                framed,
                0));
    Payload context = new Payload("java.lang.ProcessBuilder", 1, batch.outcome().context().bytes());
    return codec.encode(
        "speaker|foreign",
        2,
        new Batch(
            batch.cause(),
            batch.events(),
            new Outcome(batch.outcome().machine(), context),
            batch.outgoings(),
            batch.timers(),
            batch.cancelled(),
            batch.reply(),
            batch.refusal(),
            batch.at(),
            batch.trace()));
  }

  /** Rows of the journal, past the store. */
  private record Rows(Connection connection, String table) implements AutoCloseable {

    byte[] payload(String persistenceId, long number) throws SQLException {
      try (PreparedStatement select =
          prepare("select payload from %s where persistence_id = ? and sequence_number = ?")) {
        select.setString(1, persistenceId);
        select.setLong(2, number);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          return rows.getBytes(1);
        }
      }
    }

    void replace(String persistenceId, long number, byte[] payload) throws SQLException {
      try (PreparedStatement update =
          prepare("update %s set payload = ? where persistence_id = ? and sequence_number = ?")) {
        update.setBytes(1, payload);
        update.setString(2, persistenceId);
        update.setLong(3, number);
        assertEquals(1, update.executeUpdate());
      }
    }

    void remove(String persistenceId, long from, long to) throws SQLException {
      try (PreparedStatement delete =
          prepare("delete from %s where persistence_id = ? and sequence_number between ? and ?")) {
        delete.setString(1, persistenceId);
        delete.setLong(2, from);
        delete.setLong(3, to);
        assertEquals(to - from + 1, delete.executeUpdate());
      }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
      return connection.prepareStatement(sql.formatted(table));
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
