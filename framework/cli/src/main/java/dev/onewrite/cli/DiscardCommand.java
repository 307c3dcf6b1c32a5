package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.Outbox;
import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code onewrite parked discard ID... --reason TEXT}. */
@CommandLine.Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = "Decides that parked messages never take effect. It cannot be undone.")
final class DiscardCommand implements Callable<Integer> {

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

  @CommandLine.Option(
      names = "--receiver",
      paramLabel = "ENTITY",
      converter = EntityArgument.class,
      description = "At which receiver; needed where a message is set aside for several.")
  private Optional<Address> receiver = Optional.empty();

  @CommandLine.Parameters(arity = "1..*", paramLabel = "ID", description = "Of a message.")
  private List<UUID> ids = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> discarded = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int code = Command.FINE;
    try (Inspection inspection = store.open()) {
      for (UUID id : ids) {
        try {
          discard(inspection.waiting(), id);
          discarded.add(id.toString());
        } catch (RefusedException e) {
          code = Math.max(code, code(e));
          refused.add(e.getMessage());
        }
      }
    } finally { // also where the store fails half-way: what is done cannot be undone
      print(discarded, refused);
    }
    return code;
  }

  private void discard(Outbox waiting, UUID id) {
    if (receiver.isPresent()) {
      waiting.discard(id, receiver.get(), by, reason);
    } else {
      waiting.discard(id, by, reason);
    }
  }

  private static int code(RefusedException refusal) {
    return switch (refusal.code()) {
      case "OW160", "OW162" -> Command.MISUSED;
      case "OW161" -> Command.FOUND;
      default -> throw refusal;
    };
  }

  private void print(List<String> discarded, List<String> refused) {
    refused.forEach(output::error);
    if (output.isJson()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("discarded", discarded);
      plain.put("refused", refused);
      output.document(plain);
    } else {
      output.line("%,d parked messages are discarded.".formatted(discarded.size()));
    }
  }
}
