package dev.onewrite.internal.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code onewrite.cluster} means to Pekko. */
final class ClusterConfig {

  private static final String RESOLVER = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider";

  private ClusterConfig() {}

  /** The configuration of a system of our own. A node that is alone gets nothing of a cluster. */
  static Config effective(Config config, Settings.Cluster cluster) {
    return cluster.enabled() ? overlay(config, cluster).withFallback(config) : config;
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
