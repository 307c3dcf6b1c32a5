package dev.onewrite.demo;

import dev.onewrite.demo.web.WebCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code demo/run}: tells the form story, or prints an entity's journal. */
@CommandLine.Command(
    name = "demo/run",
    subcommands = {JournalCommand.class, WebCommand.class},
    mixinStandardHelpOptions = true,
    description =
        "Feeds forms to an application, kills it with SIGKILL again and again, and checks that"
            + " nothing was lost, doubled or out of order. The exit code is 0 only if so.")
public final class Demo implements Callable<Integer> {

  static final int PASSED = 0;
  static final int FAILED = 1;

  /** The folder of the demo; {@code demo/run} says where that is. */
  static final Path HOME = Path.of(System.getProperty("onewrite.demo.home", "demo"));

  private static final int KILLS_MAX = 1_000;
  private static final int IN_FLIGHT_MAX = 1_000;
  private static final int RATE_MAX = 10_000;
  private static final int SEED_BOUND = 1_000_000;

  /** 3: fewer have no majority once one is gone. */
  private static final int NODES_MIN = 3;

  /** 9: more processes than that only wait for each other on one machine. */
  private static final int NODES_MAX = 9;

  private static final int NODE_KILLS = 11;
  private static final int FLEET_FORMS = 2_000;

  @CommandLine.Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Forms as JSON lines; - is standard input. Default: demo/forms.jsonl.")
  private Optional<String> file = Optional.empty();

  @CommandLine.Option(
      names = "--seed",
      description = "Repeats the schedule of the run that printed it.")
  private Optional<Long> seed = Optional.empty();

  @CommandLine.Option(
      names = "--forms",
      description =
          "Takes so many forms at most, "
              + Intake.FORMS_MAX
              + " or fewer. Default: all; with --nodes 2,000, those of the file again and again.")
  private Optional<Integer> formsAsked = Optional.empty();

  @CommandLine.Option(
      names = "--nodes",
      description =
          "Runs the story on a cluster of so many processes, 3 or more, and PostgreSQL; kills nodes"
              + " and the database server, lets a node stand still, replaces all of them.")
  private Optional<Integer> nodes = Optional.empty();

  @CommandLine.Option(
      names = "--pg",
      paramLabel = "URL",
      description =
          "With --nodes: this empty PostgreSQL database (a JDBC URL with user and password), whose"
              + " server is not killed. Default: a server of its own, from embedded binaries.")
  private Optional<String> postgres = Optional.empty();

  @CommandLine.Option(
      names = "--database-kills",
      defaultValue = "3",
      description = "With --nodes, how often the database server dies. Default: ${DEFAULT-VALUE}.")
  private int databaseKills;

  @CommandLine.Option(
      names = "--kills",
      description = "Default: one for each eleven forms, 32 at most; with --nodes 11.")
  private Optional<Integer> killsAsked = Optional.empty();

  @CommandLine.Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "Requests under way at once. Default: ${DEFAULT-VALUE}.")
  private int inFlight;

  @CommandLine.Option(
      names = "--rate",
      description = "Only measures latencies, at so many forms a second and without kills.")
  private Optional<Integer> rate = Optional.empty();

  @CommandLine.Option(
      names = "--directory",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Where the journals go. Default: demo/data. What a run left there goes first.")
  private Optional<Path> directory = Optional.empty();

  /** Runs it. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Demo());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("demo/run failed: " + failure.getMessage());
          return FAILED;
        });
    line.setParameterExceptionHandler(
        (refused, given) -> {
          line.getErr().println(refused.getMessage() + " (demo/run --help tells the options)");
          return CommandLine.ExitCode.USAGE;
        });
    System.exit(line.execute(arguments));
  }

  /** Where journals go. */
  public Path directory() {
    return directory.orElse(HOME.resolve("data")).toAbsolutePath().normalize();
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    within("--forms", formsAsked.orElse(1), 1, Intake.FORMS_MAX);
    within("--kills", killsAsked.orElse(0), 0, KILLS_MAX);
    within("--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Progress progress = new Progress(out, Boolean.getBoolean("onewrite.demo.terminal"));
    Workplace workplace = new Workplace(directory());
    if (rate.isPresent()) {
      within("--rate", rate.get(), 1, RATE_MAX);
      Measurement measurement = new Measurement(workplace, progress, rate.get());
      measurement.table(measurement.run()).lines().forEach(progress::say);
      return PASSED;
    }
    return nodes.isPresent() ? fleet(workplace, progress) : story(workplace, progress);
  }

  private int fleet(Workplace workplace, Progress progress)
      throws IOException, InterruptedException, SQLException {
    within("--nodes", nodes.orElseThrow(), NODES_MIN, NODES_MAX);
    within("--database-kills", databaseKills, 0, KILLS_MAX);
    Intake intake = intake();
    long chosen = seed.orElseGet(() -> new SplittableRandom().nextLong(SEED_BOUND));
    try (Database database = Databases.of(postgres, workplace.database())) {
      List<Outage> outages =
          Outages.of(
              chosen,
              nodes.orElseThrow(),
              killsAsked.orElse(NODE_KILLS),
              database.isOurs() ? databaseKills : 0);
      List<FormCase> cases = FleetTrial.repeated(intake.cases(), formsAsked.orElse(FLEET_FORMS));
      progress.say(
          "%,d forms, %d nodes, %d outages, seed %d (demo/run --nodes %d --seed %d repeats the schedule)"
              .formatted(
                  cases.size(),
                  nodes.orElseThrow(),
                  outages.size(),
                  chosen,
                  nodes.orElseThrow(),
                  chosen));
      FleetVerdict verdict =
          new FleetTrial(workplace, progress, inFlight, nodes.orElseThrow())
              .run(database, cases, chosen, outages);
      progress.say("");
      verdict.table().lines().forEach(progress::say);
      return ended(progress, verdict.reasons(), chosen, workplace.fleet());
    }
  }

  private int story(Workplace workplace, Progress progress)
      throws IOException, InterruptedException, SQLException {
    Intake intake = intake();
    if (intake.cases().isEmpty()) {
      throw refused("there are no forms to feed");
    }
    int kills = killsAsked.orElse(Math.min(32, Math.max(1, intake.cases().size() / 11)));
    long chosen = seed.orElseGet(() -> new SplittableRandom().nextLong(SEED_BOUND));
    progress.say(
        "%d forms, %d kills, seed %d (demo/run --seed %d repeats the schedule)"
            .formatted(intake.cases().size(), kills, chosen, chosen));
    Verdict verdict =
        new Trial(workplace, progress, inFlight).run(intake, chosen, Schedule.of(chosen, kills));
    Measurement measurement = new Measurement(workplace, progress, Measurement.FORMS_PER_SECOND);
    Latencies latencies = measurement.run();
    progress.say("");
    verdict.table().lines().forEach(progress::say);
    measurement.table(latencies).lines().forEach(progress::say);
    return ended(progress, verdict.reasons(), chosen, workplace.story().resolve("journal"));
  }

  private static int ended(Progress progress, List<String> reasons, long seed, Path left) {
    progress.say("");
    reasons.forEach(reason -> progress.say("  ✗ " + reason));
    progress.say(
        (reasons.isEmpty() ? "Passed" : "FAILED")
            + " in %.1f s, seed %d. Left in %s".formatted(progress.seconds(), seed, left));
    return reasons.isEmpty() ? PASSED : FAILED;
  }

  private Intake intake() throws IOException {
    String name = file.orElseGet(() -> HOME.resolve("forms.jsonl").toString());
    if (!name.equals("-") && !Files.isReadable(Path.of(name))) {
      throw refused("there is no file " + name + " that can be read");
    }
    try (BufferedReader in =
        name.equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(Path.of(name))) {
      return Intake.read(in, formsAsked.orElse(Intake.FORMS_MAX), System.err::println);
    }
  }

  private static void within(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw refused(option + " must be " + min + " to " + max + ", found " + value);
    }
  }

  private static CommandLine.ParameterException refused(String reason) {
    return new CommandLine.ParameterException(new CommandLine(new Demo()), reason);
  }
}
