package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** What {@code onewrite.cluster} means to Pekko. */
final class ClusterConfig {

  private static final String RESOLVER = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider";

  private static final String SERIALIZERS = "pekko.actor.serializers";
  private static final String BINDINGS = "pekko.actor.serialization-bindings";

  private ClusterConfig() {}

  /** The configuration of a system of our own. A node that is alone gets nothing of a cluster. */
  static Config effective(Config config, Settings.Cluster cluster) {
    if (cluster.enabled()) {
      return overlay(config, cluster).withFallback(config);
    }
    return config.getString("pekko.actor.provider").equals("local") ? alone(config) : config;
  }

  /**
   * Pekko makes all serializers it is told of; those of a cluster even start tasks of their own.
   */
  private static Config alone(Config config) {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, ConfigValue> serializer : config.getObject(SERIALIZERS).entrySet()) {
      String type = String.valueOf(serializer.getValue().unwrapped());
      if (type.startsWith("org.apache.pekko.cluster.")) {
        names.add(serializer.getKey());
      }
    }
    Config alone = without(config, SERIALIZERS, (name, type) -> names.contains(name));
    return without(alone, BINDINGS, (bound, name) -> names.contains(name));
  }

  private static Config without(Config config, String path, BiPredicate<String, String> unwanted) {
    Config kept = config;
    for (Map.Entry<String, ConfigValue> entry : config.getObject(path).entrySet()) {
      if (unwanted.test(entry.getKey(), String.valueOf(entry.getValue().unwrapped()))) {
        kept = kept.withoutPath(path + "." + ConfigUtil.quoteString(entry.getKey()));
      }
    }
    return kept;
  }

  /** Whether a system of this configuration is one of a cluster. */
  static boolean isClustered(Config config) {
    String provider = config.getString("pekko.actor.provider");
    return provider.equals("cluster") || provider.endsWith("ClusterActorRefProvider");
  }

  private static Config overlay(Config config, Settings.Cluster cluster) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("pekko.actor.provider", "cluster");
    keys.put("pekko.remote.artery.canonical.hostname", cluster.host());
    keys.put("pekko.remote.artery.canonical.port", cluster.port());
    keys.put("pekko.cluster.seed-nodes", seedNodes(cluster.seedNodes()));
    keys.put("pekko.cluster.roles", cluster.roles());
    keys.put("pekko.cluster.sharding.number-of-shards", cluster.shards());
    if (config.getString("pekko.cluster.downing-provider-class").isEmpty()) {
      keys.put("pekko.cluster.downing-provider-class", RESOLVER);
      keys.put("pekko.cluster.split-brain-resolver.stable-after", cluster.stableAfter());
    }
    keys.put("pekko.cluster.sharded-daemon-process.keep-alive-interval", "1s");
    return ConfigFactory.parseMap(keys);
  }

  private static List<String> seedNodes(List<String> hostsAndPorts) {
    return hostsAndPorts.stream().map(node -> "pekko://" + Host.NAME + "@" + node).toList();
  }
}
