package dev.onewrite.rig;

import dev.onewrite.rig.Fault.Kind;
import dev.onewrite.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run runs on: a store, and so many nodes. */
sealed interface Stage extends AutoCloseable {

  /** What befalls nodes of any kind. */
  List<Kind> NODE_FAULTS = List.of(Kind.KILL_AT, Kind.KILL_AT, Kind.KILL_IN, Kind.FAIL, Kind.STALL);

  /** Quick to try again, quick to forget: in a minute happens what takes a day elsewhere. */
  String QUICK =
      """
      onewrite {
        turn-timeout = 4s
        ask-timeout = 5s
        passivate-after = 500ms
        snapshot-every = 7
        restart { first = 50ms, max = 1s }
        outbox {
          delivery-timeout = 5s
          offset-within = 50ms
          redelivery { first = 50ms, max = 1s }
        }
      }
      pekko.loglevel = WARNING
      """;

  Path folder();

  int nodes();

  List<Kind> kinds();

  /** The configuration of one of the nodes. */
  String node(int number);

  /** That of a node that is alone with the store when all others are gone. */
  String last();

  @Override
  void close() throws IOException;

  /** One node, the embedded store. */
  record Sqlite(Path folder) implements Stage {
    @Override
    public int nodes() {
      return 1;
    }

    @Override
    public List<Kind> kinds() {
      return NODE_FAULTS;
    }

    @Override
    public String node(int number) {
      return last();
    }

    @Override
    public String last() {
      return QUICK
          + """
          onewrite.durability = sqlite
          onewrite.directory = "%s"
          """
              .formatted(folder.resolve("store"));
    }

    @Override
    public void close() {}
  }

  /** One node or a cluster, with a server of its own behind a {@link CommitProxy}. */
  record Postgres(Path folder, PostgresServer server, CommitProxy proxy, List<Integer> ports)
      implements Stage {

    static Postgres alone(Path folder) throws IOException {
      return of(folder, List.of());
    }

    static Postgres cluster(Path folder, int nodes) throws IOException {
      List<ServerSocket> free = new ArrayList<>();
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        free.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : free) {
        socket.close();
      }
      return of(folder, ports);
    }

    private static Postgres of(Path folder, List<Integer> ports) throws IOException {
      Path directory = folder.resolve("postgres");
      Files.createDirectories(directory);
      PostgresServer server = PostgresServer.start(directory, 0);
      return new Postgres(folder, server, new CommitProxy(server.port()), ports);
    }

    boolean isCluster() {
      return !ports.isEmpty();
    }

    @Override
    public int nodes() {
      return isCluster() ? ports.size() : 1;
    }

    @Override
    public List<Kind> kinds() {
      List<Kind> kinds = new ArrayList<>(NODE_FAULTS);
      kinds.addAll(List.of(Kind.LOSE_ANSWERS, Kind.KILL_DATABASE));
      if (!isCluster()) {
        kinds.add(Kind.ZOMBIE);
      }
      return kinds;
    }

    @Override
    public String node(int number) {
      if (!isCluster()) {
        return last();
      }
      return last()
          + """
          onewrite.cluster {
            enabled = on
            host = "127.0.0.1"
            port = %d
            seed-nodes = [%s]
          }
          pekko.coordinated-shutdown.exit-jvm = on
          """
              .formatted(
                  ports.get(number),
                  ports.stream()
                      .map(port -> "\"127.0.0.1:" + port + "\"")
                      .collect(Collectors.joining(", ")));
    }

    @Override
    public String last() {
      return QUICK
          + """
          onewrite.durability = postgres
          onewrite.postgres.url = "%s&sslmode=disable"
          """
              .formatted(server.url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"));
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      server.close();
    }
  }
}
