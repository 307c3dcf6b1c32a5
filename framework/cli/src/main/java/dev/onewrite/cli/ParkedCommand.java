package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.Address;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code onewrite parked}. */
@CommandLine.Command(
    name = "parked",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the messages that their receivers refused for good or do not answer, and how many wait"
          + " behind each.",
      "The exit code is 1 if any is parked.",
    },
    subcommands = {ParkedCommand.Redrive.class, ParkedCommand.Discard.class})
final class ParkedCommand implements Callable<Integer> {

  /** 10,000 sequences: more than anybody reads, and no more than fits into memory. */
  private static final int SEQUENCES_MAX = 10_000;

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @CommandLine.Option(names = "--group", description = "Only of this receiving component.")
  private Optional<String> group = Optional.empty();

  @Override
  public Integer call() {
    List<Backlog> backlogs;
    try (Inspection inspection = store.open()) {
      backlogs =
          inspection.backlogs(
              group.map(Backlog.Filter.ANY::ofGroup).orElse(Backlog.Filter.ANY), SEQUENCES_MAX);
    }
    if (output.isJson()) {
      output.document(backlogs.stream().map(ParkedCommand::plain).toList());
    } else {
      backlogs.forEach(this::print);
      output.line("%,d sequences wait.".formatted(backlogs.size()));
    }
    return backlogs.stream().anyMatch(backlog -> backlog.parked() > 0)
        ? Command.FOUND
        : Command.FINE;
  }

  private void print(Backlog backlog) {
    SetAsideRow first = backlog.first();
    Attempts.Note note = first.attempts().last();
    output.line(
        "%s  %s  %s: %,d parked, %,d deferred"
            .formatted(
                first.state(),
                backlog.sequence().group(),
                backlog.sequence(),
                backlog.parked(),
                backlog.deferred()));
    output.line(
        "    behind message %s of row %d, tried %,d times%s"
            .formatted(
                first.id(),
                first.row(),
                first.attempts().made(),
                note == null ? "" : ", last at " + note.at() + ": " + note.text()));
  }

  private static Map<String, Object> plain(Backlog backlog) {
    SetAsideRow first = backlog.first();
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("group", backlog.sequence().group());
    plain.put("sender", backlog.sequence().sender().toString());
    plain.put("receiver", backlog.sequence().receiver().toString());
    plain.put("parked", backlog.parked());
    plain.put("deferred", backlog.deferred());
    plain.put("first", first.id().toString());
    plain.put("row", first.row());
    plain.put("state", first.state().toString());
    plain.put("attempts", first.attempts().made());
    plain.put("firstFailure", plain(first.attempts().first()));
    plain.put("lastFailure", plain(first.attempts().last()));
    return plain;
  }

  private static @Nullable Object plain(Attempts.@Nullable Note note) {
    return note == null ? null : Map.of("at", note.at().toString(), "text", note.text());
  }

  /** {@code onewrite parked redrive}. */
  @CommandLine.Command(
      name = "redrive",
      mixinStandardHelpOptions = true,
      description =
          "Lets the parked messages of a sequence be delivered again, in their order. Mend first what"
              + " made them fail.")
  static final class Redrive implements Callable<Integer> {

    @CommandLine.Mixin private StoreOptions store = new StoreOptions();
    @CommandLine.Mixin private Output output = new Output();

    @CommandLine.Parameters(
        index = "0",
        paramLabel = "SENDER",
        converter = EntityArgument.class,
        description = "component|entityId")
    private @Nullable Address sender;

    @CommandLine.Parameters(
        index = "1",
        paramLabel = "RECEIVER",
        converter = EntityArgument.class,
        description = "component|entityId")
    private @Nullable Address receiver;

    @Override
    public Integer call() {
      Address to = Objects.requireNonNull(receiver);
      Sequence sequence = new Sequence(to.component(), Objects.requireNonNull(sender), to);
      int redriven;
      try (Inspection inspection = store.open()) {
        redriven = inspection.redrive(sequence);
      }
      if (output.isJson()) {
        output.document(Map.of("redriven", redriven));
      } else {
        output.line("%,d messages are to be delivered again.".formatted(redriven));
      }
      return redriven > 0 ? Command.FINE : Command.FOUND;
    }
  }

  /** {@code onewrite parked discard}. */
  @CommandLine.Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description = "Decides that parked messages never take effect. It cannot be undone.")
  static final class Discard implements Callable<Integer> {

    @CommandLine.Mixin private StoreOptions store = new StoreOptions();
    @CommandLine.Mixin private Output output = new Output();

    @CommandLine.Option(
        names = "--reason",
        required = true,
        description = "Why; it is kept with the message.")
    private String reason = "";

    @CommandLine.Option(
        names = "--by",
        defaultValue = "${sys:user.name}",
        description = "Who decides; else the user of the system.")
    private String by = "";

    @CommandLine.Parameters(arity = "1..*", paramLabel = "ID", description = "Of a message.")
    private List<UUID> ids = new ArrayList<>();

    @Override
    public Integer call() {
      int discarded = 0;
      try (Inspection inspection = store.open()) {
        for (UUID id : ids) {
          discarded += inspection.discard(id, by, reason, Clock.systemUTC().instant());
        }
      }
      if (output.isJson()) {
        output.document(Map.of("discarded", discarded));
      } else {
        output.line("%,d parked messages are discarded.".formatted(discarded));
      }
      return discarded > 0 ? Command.FINE : Command.FOUND;
    }
  }
}
