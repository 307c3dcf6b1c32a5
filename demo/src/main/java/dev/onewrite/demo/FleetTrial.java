package dev.onewrite.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One run of the story on several nodes, from an empty database to a verdict. */
final class FleetTrial {

  private final Workplace workplace;
  private final Progress progress;
  private final int inFlight;
  private final int nodes;

  FleetTrial(Workplace workplace, Progress progress, int inFlight, int nodes) {
    this.workplace = workplace;
    this.progress = progress;
    this.inFlight = inFlight;
    this.nodes = nodes;
  }

  FleetVerdict run(Database database, List<FormCase> cases, long seed, List<Outage> outages)
      throws IOException, InterruptedException, SQLException {
    Path folder = workplace.fleet();
    Workplace.empty(folder);
    try (RegistryServer registry = RegistryServer.start(RegistryServer.Temper.MOODY, seed);
        Fleet fleet = new Fleet(places(folder, registry.uri(), database.url()))) {
      Work work = new Work(cases, inFlight);
      FleetStory story = new FleetStory(work, cases, fleet, database, progress);
      story.play(outages);
      Inquiry.Testimony testimony =
          new Inquiry(fleet.app(0), cases, progress).hear(work.answers().size());
      for (int node = 0; node < fleet.size(); node++) {
        fleet.app(node).stop();
      }
      return new FleetVerdict(
          outages,
          new Evidence(
              Findings.of(cases, work.answers(), testimony, registry::receipts),
              registry.seen(),
              JournalRows.count(database.url(), "onewrite."),
              List.copyOf(work.refusals())),
          story.outcome());
    }
  }

  /** As many cases as asked for: those read, and then those again under other ids. */
  static List<FormCase> repeated(List<FormCase> read, int forms) {
    return IntStream.range(0, forms)
        .mapToObj(
            index -> {
              FormCase form = read.get(index % read.size());
              int round = index / read.size();
              return round == 0
                  ? form
                  : new FormCase(
                      form.form() + "-" + (round + 1),
                      form.department(),
                      form.content(),
                      form.drafts());
            })
        .toList();
  }

  private List<Place> places(Path folder, URI registry, String url) throws IOException {
    List<Integer> ports = freePorts(nodes);
    String seeds =
        ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    List<Place> places = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      places.add(
          new Place(
              folder,
              registry,
              "node-" + (node + 1),
              """
              onewrite {
                durability = postgres
                postgres.url = "%s"
                # A message to a node that was killed is lost: sooner noticed, sooner sent again.
                turn-timeout = 5s
                ask-timeout = 6s
                outbox.delivery-timeout = 6s
                cluster {
                  enabled = on
                  host = "127.0.0.1"
                  port = %d
                  seed-nodes = [%s]
                }
              }
              # A node that the others have given up ends; here it is started again.
              pekko.coordinated-shutdown.exit-jvm = on
              """
                  .formatted(url, ports.get(node), seeds)));
    }
    return places;
  }

  /** Ports that nobody listens on just now. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
