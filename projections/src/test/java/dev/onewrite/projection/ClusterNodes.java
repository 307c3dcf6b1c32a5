package dev.onewrite.projection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** Nodes of one cluster in this JVM, on loopback and one {@link SharedStore}. */
final class ClusterNodes implements AutoCloseable {

  private static final Config QUICK =
      ConfigFactory.parseString(
          """
          pekko.actor.provider = cluster
          pekko.loglevel = WARNING
          pekko.remote.artery.canonical.hostname = "127.0.0.1"
          pekko.cluster.downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
          pekko.cluster.split-brain-resolver.stable-after = 2s
          pekko.cluster.sharding.number-of-shards = 20
          pekko.cluster.sharding.retry-interval = 200ms
          pekko.cluster.sharding.coordinator-failure-backoff = 200ms
          pekko.cluster.sharded-daemon-process.keep-alive-interval = 500ms
          pekko.cluster.gossip-interval = 200ms
          pekko.cluster.leader-actions-interval = 200ms
          pekko.cluster.periodic-tasks-initial-delay = 100ms
          pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
          pekko.cluster.distributed-data.gossip-interval = 500ms
          pekko.cluster.distributed-data.notify-subscribers-interval = 100ms
          pekko.cluster.typed.receptionist.distributed-data.notify-subscribers-interval = 100ms
          onewrite.ask-timeout = 5s
          onewrite.outbox.delivery-timeout = 5s
          pekko.coordinated-shutdown.run-by-actor-system-terminate = off
          pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
          """);

  private final SharedStore store;
  private final Function<String, List<Component<?>>> components;
  private final Map<String, Object> more = new LinkedHashMap<>();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private int seed;

  /** One of them. */
  record ClusterNode(String name, ActorSystem<Void> system, Onewrite onewrite) {

    Cluster cluster() {
      return Cluster.get(system);
    }

    boolean isUp() {
      return cluster().selfMember().status().equals(MemberStatus.up());
    }
  }

  ClusterNodes(SharedStore store, Function<String, List<Component<?>>> components) {
    this.store = store;
    this.components = components;
  }

  /** One more key of each node that is started from now on. */
  ClusterNodes set(String key, Object value) {
    more.put(key, value);
    return this;
  }

  /** The clock of each node that is started from now on. */
  ClusterNodes clock(Clock other) {
    clock = other;
    return this;
  }

  /** A further node, once it is up. */
  ClusterNode start() {
    int port = freePort();
    if (nodes.isEmpty()) {
      seed = port;
    }
    Config config =
        ConfigFactory.load(
            ConfigFactory.parseMap(more)
                .withFallback(
                    ConfigFactory.parseString(
                        "pekko.remote.artery.canonical.port = "
                            + port
                            + "\npekko.cluster.seed-nodes = [\"pekko://nodes@127.0.0.1:"
                            + seed
                            + "\"]"))
                .withFallback(QUICK)
                .withFallback(ConfigFactory.parseResources("onewrite-pekko.conf")));
    String name = "node-" + (nodes.size() + 1);
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "nodes", config);
    Onewrite.Builder builder =
        Onewrite.builder().on(system).store(store).durability(store.name()).clock(clock);
    components.apply(name).forEach(builder::component);
    ClusterNode node = new ClusterNode(name, system, builder.start());
    nodes.add(node);
    Await.until(name + " is up", node::isUp);
    return node;
  }

  /** Ends a node as a SIGKILL would: it says nothing to anybody. The others are told by hand. */
  void kill(ClusterNode node) {
    node.system().terminate();
    node.system().getWhenTerminated().toCompletableFuture().join();
    nodes.remove(node);
    nodes.forEach(
        other -> other.cluster().manager().tell(new Down(node.cluster().selfMember().address())));
  }

  /** Ends a node as SIGTERM would: it hands over what it has, and leaves. */
  void leave(ClusterNode node) {
    CoordinatedShutdown.get(node.system())
        .runAll(CoordinatedShutdown.unknownReason())
        .toCompletableFuture()
        .join();
    node.onewrite().close();
    nodes.remove(node);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.system().terminate());
    nodes.forEach(node -> node.system().getWhenTerminated().toCompletableFuture().join());
    nodes.forEach(node -> node.onewrite().close());
  }
}
