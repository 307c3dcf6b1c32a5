package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import dev.onewrite.component.RefusedException;
import java.util.List;
import java.util.Set;

/** Refuses settings of Pekko under which a promise would be broken quietly. */
final class SafeSettings {

  /** 32 KiB: address, request id, reply-to and type name of a message, beside its payload. */
  static final long FRAME_SPARE = 32 << 10;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private SafeSettings() {}

  /**
   * Checks the configuration that an actor system has, or is to have.
   *
   * @throws RefusedException OW131 to OW138, each with its mend
   */
  static void check(Config config, Settings settings) {
    if (!config.hasPath("onewrite.pekko.journal")) {
      throw refused(
          "OW136",
          "The given actor system knows nothing of onewrite's reference.conf.",
          "Create it with ConfigFactory.load(), or with your configuration above it.");
    }
    refuse(
        config,
        "pekko.persistence.typed.stash-overflow-strategy",
        "drop",
        "OW131",
        "a message too many at a starting entity would vanish",
        "fail");
    for (String lenient : List.of("repair-by-discard-old", "warn")) {
      refuse(
          config,
          "onewrite.pekko.journal.replay-filter.mode",
          lenient,
          "OW132",
          "rows of two writers would be dropped from a history instead of being an error",
          "off, or fail");
    }
    refuseUnless(
        config,
        "pekko.actor.allow-java-serialization",
        "off",
        "OW133",
        "whoever reaches the port could run code in this process");
    if (ClusterConfig.isClustered(config)) {
      checkCluster(config, settings);
    }
  }

  private static void checkCluster(Config config, Settings settings) {
    String transport = config.getString("pekko.remote.artery.transport");
    String host = config.getString("pekko.remote.artery.canonical.hostname");
    boolean plain = !transport.equals("tls-tcp");
    if (plain && !LOOPBACK.contains(host) && !settings.cluster().allowPlaintext()) {
      throw refused(
          "OW134",
          "pekko.remote.artery.transport is \""
              + transport
              + "\" on host \""
              + host
              + "\": messages of the cluster would cross the network readable and forgeable.",
          "Use tls-tcp with certificates (docs/cluster.md shows how), or, on a network that only"
              + " your nodes can reach, set onewrite.cluster.allow-plaintext = on.");
    }
    long frame = config.getBytes("pekko.remote.artery.advanced.maximum-frame-size");
    if (frame < settings.payloadBytesMax() + FRAME_SPARE) {
      throw refused(
          "OW135",
          "pekko.remote.artery.advanced.maximum-frame-size is "
              + frame
              + " bytes and onewrite.payload-bytes-max "
              + settings.payloadBytesMax()
              + ": the largest messages would never arrive at another node.",
          "Make the frame at least " + (FRAME_SPARE >> 10) + " KiB larger than the payload.");
    }
    if (config.getString("pekko.cluster.downing-provider-class").isEmpty()) {
      throw refused(
          "OW138",
          "pekko.cluster.downing-provider-class is empty: the entities of a node that died would"
              + " never move.",
          "Set it to \"org.apache.pekko.cluster.sbr.SplitBrainResolverProvider\".");
    }
  }

  private static void refuse(
      Config config, String key, String unsafe, String code, String consequence, String safe) {
    if (config.getString(key).equalsIgnoreCase(unsafe)) {
      throw refused(code, key + " is \"" + unsafe + "\": " + consequence + ".", set(key, safe));
    }
  }

  private static void refuseUnless(
      Config config, String key, String safe, String code, String consequence) {
    String value = config.getString(key);
    boolean off = safe.equals("off") && (value.equals("false") || value.equals("no"));
    if (!value.equals(safe) && !off) {
      throw refused(code, key + " is \"" + value + "\": " + consequence + ".", set(key, safe));
    }
  }

  private static String set(String key, String safe) {
    return "Set " + key + " = " + safe + ".";
  }

  private static RefusedException refused(String code, String what, String mend) {
    return new RefusedException(code, what + " The node did not start. " + mend);
  }
}
