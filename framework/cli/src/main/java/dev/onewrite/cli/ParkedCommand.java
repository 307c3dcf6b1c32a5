package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.Outbox;
import dev.onewrite.component.Address;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow.State;
import java.util.ArrayList;
import java.util.List;
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
      "Prints the messages that their receivers refused for good or do not answer, and who waits"
          + " behind each.",
      "With SENDER and RECEIVER: each message that waits between these two.",
      "The exit code is 1 if any is parked.",
    },
    subcommands = {RedriveCommand.class, DiscardCommand.class})
final class ParkedCommand implements Callable<Integer> {

  /** 10,000 sequences: more than anybody reads, and no more than fits into memory. */
  private static final int SEQUENCES_MAX = 10_000;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec command;

  @CommandLine.Mixin private StoreOptions store = new StoreOptions();
  @CommandLine.Mixin private Output output = new Output();

  @CommandLine.Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SENDER",
      converter = EntityArgument.class,
      description = "component|entityId")
  private Optional<Address> sender = Optional.empty();

  @CommandLine.Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RECEIVER",
      converter = EntityArgument.class,
      description = "component|entityId")
  private Optional<Address> receiver = Optional.empty();

  @CommandLine.Option(names = "--group", description = "Only of this receiving component.")
  private Optional<String> group = Optional.empty();

  @CommandLine.Option(
      names = "--from",
      paramLabel = "ENTITY",
      converter = EntityArgument.class,
      description = "Only who waits for messages of this entity.")
  private Optional<Address> from = Optional.empty();

  @CommandLine.Option(
      names = "--to",
      paramLabel = "ENTITY",
      converter = EntityArgument.class,
      description = "Only what this entity waits for.")
  private Optional<Address> to = Optional.empty();

  @CommandLine.Option(
      names = "--message",
      paramLabel = "ID",
      description = "Only who waits with this message or behind it.")
  private Optional<UUID> message = Optional.empty();

  @Override
  public Integer call() {
    if (sender.isPresent() != receiver.isPresent()) {
      throw new CommandLine.ParameterException(
          command == null ? Command.line() : command.commandLine(),
          "The messages of a sequence are its sender's to its receiver: name both.");
    }
    try (Inspection inspection = store.open()) {
      SetAsideText text = new SetAsideText(inspection, output);
      if (sender.isPresent()) {
        Sequence sequence = new Sequence(receiver.get().component(), sender.get(), receiver.get());
        return code(text.messages(sequence));
      }
      Outbox waiting = inspection.waiting();
      List<Backlog> backlogs =
          message
              .map(id -> waiting.behind(id).stream().filter(asked()::takes).toList())
              .orElseGet(() -> found(waiting));
      text.sequences(backlogs);
      return code(backlogs);
    }
  }

  private Backlog.Filter asked() {
    Backlog.Filter which = Backlog.Filter.ANY;
    which = group.map(which::ofGroup).orElse(which);
    which = from.map(which::from).orElse(which);
    return to.map(which::to).orElse(which);
  }

  /** Those behind a parked message first: however many others there are, they are not cut off. */
  private List<Backlog> found(Outbox waiting) {
    Backlog.Filter which = asked();
    List<Backlog> found =
        new ArrayList<>(waiting.waiting(which.behind(State.PARKED), SEQUENCES_MAX));
    found.addAll(waiting.waiting(which.behind(State.DEFERRED), SEQUENCES_MAX));
    return found;
  }

  private static int code(List<Backlog> backlogs) {
    return backlogs.stream().anyMatch(backlog -> backlog.parked() > 0)
        ? Command.FOUND
        : Command.FINE;
  }
}
