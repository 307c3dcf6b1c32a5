package dev.onewrite.internal.pekko;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.RefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafeSettingsTest {

  private static final String CLUSTER =
      "onewrite.cluster.enabled = on\nonewrite.cluster.seed-nodes = [\"127.0.0.1:7355\"]\n";

  private static Config config(String text) {
    return ConfigFactory.parseString(text)
        .withFallback(ConfigFactory.parseResources("onewrite-pekko.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private static void check(Config config) {
    Settings settings = Settings.read(config.getConfig("onewrite"));
    SafeSettings.check(ClusterConfig.effective(config, settings.cluster()), settings);
  }

  @ParameterizedTest
  @CsvSource({
    "OW131, pekko.persistence.typed.stash-overflow-strategy = drop",
    "OW132, onewrite.pekko.journal.replay-filter.mode = repair-by-discard-old",
    "OW133, pekko.actor.allow-java-serialization = on",
    "OW134, onewrite.cluster.host = 10.0.0.1",
    "OW134, onewrite.cluster.host = \"\"",
    "OW135, pekko.remote.artery.advanced.maximum-frame-size = 150 KiB"
  })
  void node_withAnUnsafeSetting_isRefusedWithItsMend(String code, String setting) {
    Config config = config(CLUSTER + setting);

    RefusedException refused = assertThrows(RefusedException.class, () -> check(config));

    assertEquals(code, refused.code());
    assertTrue(refused.getMessage().contains("The node did not start."), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "onewrite.cluster.host = 127.0.0.1",
    "'onewrite.cluster { host = 10.0.0.1, allow-plaintext = on }'",
    "'onewrite.cluster.host = 10.0.0.1, pekko.remote.artery.transport = tls-tcp'",
    "pekko.remote.artery.advanced.maximum-frame-size = 160 KiB"
  })
  void node_withSafeSettings_isNotRefused(String setting) {
    check(config(CLUSTER + setting));
  }

  @Test
  void givenCluster_withoutAResolver_isRefused() {
    Config given =
        config(
            "pekko.actor.provider = cluster\npekko.remote.artery.canonical.hostname = localhost");

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> SafeSettings.check(given, Settings.read(given.getConfig("onewrite"))));

    assertEquals("OW138", refused.code());
  }

  @Test
  void givenSystem_withoutOurReference_isRefused() {
    Config ours = ConfigFactory.load();
    Config given = ours.withoutPath("onewrite");

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> SafeSettings.check(given, Settings.read(ours.getConfig("onewrite"))));

    assertEquals("OW136", refused.code());
  }

  @Test
  void node_alone_getsNothingOfACluster() {
    Config alone = config("");

    Config effective =
        ClusterConfig.effective(alone, Settings.read(alone.getConfig("onewrite")).cluster());

    assertEquals("local", effective.getString("pekko.actor.provider"));
    assertTrue(
        effective.getObject("pekko.actor.serializers").unwrapped().values().stream()
            .noneMatch(type -> type.toString().startsWith("org.apache.pekko.cluster.")));
  }

  @Test
  void modulesOfPekko_ofSeveralVersions_areRefused() {
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () ->
                PekkoVersions.check(
                    Map.of(
                        "pekko-actor", "1.7.0", "pekko-cluster", "1.1.2", "pekko-http", "1.3.0")));

    assertEquals("OW130", refused.code());
    assertTrue(refused.getMessage().contains("pekko-cluster=1.1.2"), refused.getMessage());
    assertTrue(!refused.getMessage().contains("pekko-http"), refused.getMessage());
  }
}
