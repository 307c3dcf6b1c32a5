package dev.onewrite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import dev.onewrite.inspect.Finding;
import dev.onewrite.inspect.Verification;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VerifyPostgresTest {

  private static String url = "";
  private static int copies;

  @BeforeAll
  static void workInTheShop() {
    url = TestPostgres.shared().database();
    Onewrite.Builder builder = at(Shop.builder(), url);
    try (Onewrite onewrite = builder.start()) {
      Shop.work(onewrite, builder);
      assertEquals(List.of(), verify(url).findings()); // beside the node
    }
  }

  private static Onewrite.Builder at(Onewrite.Builder builder, String database) {
    return builder.durability("postgres").set("onewrite.postgres.url", database);
  }

  private static Verification verify(String database) {
    try (Inspection inspection = at(Onewrite.builder(), database).inspect()) {
      return inspection.verify();
    }
  }

  /** A copy of the shop's database, by the server. */
  private static String copy() throws SQLException {
    String name = url.replaceAll(".*/([^/?]+).*", "$1");
    String copied = name + "_" + ++copies;
    String others = url.replaceFirst("/" + name, "/postgres");
    try (Connection connection = DriverManager.getConnection(others);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + copied + " template " + name);
    }
    return url.replaceFirst("/" + name, "/" + copied);
  }

  static Stream<Damage> damages() {
    return Damage.everywhere().stream();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void verify_ofDamagedStore_namesTheDamage(Damage damage) throws Exception {
    String copy = copy();
    try (Connection connection = DriverManager.getConnection(copy);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = onewrite");
      damage.deed().to(connection);
    }

    Verification verification = verify(copy);

    assertTrue(
        verification.findings().stream().map(Finding::kind).anyMatch(damage.found()::equals),
        () -> damage + ", and found was " + verification.findings());
  }

  @Test
  void command_atAUrl_isFine() {
    StringWriter out = new StringWriter();
    int code = Command.line().setOut(new PrintWriter(out, true)).execute("verify", "--url", url);

    assertEquals(Command.FINE, code, out.toString());
    assertTrue(out.toString().contains("postgres at"), out.toString());
    assertEquals(
        Command.FINE,
        Command.line().setOut(new PrintWriter(out, true)).execute("doctor", "--url", url),
        out.toString());
  }
}
