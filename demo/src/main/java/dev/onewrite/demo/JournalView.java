package dev.onewrite.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the batches of one entity for a person. */
final class JournalView {

  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  private final PrintStream out;

  JournalView(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints the entity's history as the journal in {@code directory} has it.
   *
   * @return whether there is any
   */
  boolean print(Path directory, Address entity) {
    Registry none =
        (form, content, key) -> {
          throw new IllegalStateException("nothing is saved while a journal is read");
        };
    List<Batch> batches =
        Onewrite.builder()
            .component(Forms.saving(none, "none"))
            .component(Audit.COMPONENT)
            .durability("sqlite")
            .directory(directory)
            .history(entity);
    out.println(entity + ": " + batches.size() + " batches");
    int number = 0;
    for (Batch batch : batches) {
      number++;
      print(number, batch);
    }
    return !batches.isEmpty();
  }

  private void print(int number, Batch batch) {
    out.println();
    out.println("#" + number + "  " + batch.at());
    line("cause", cause(batch));
    batch.events().forEach(event -> line("event", text(event)));
    line("state", String.join(", ", batch.outcome().machine().configuration()));
    Payload context = batch.outcome().context();
    line("context", context == null ? "as before" : text(context));
    batch
        .outgoings()
        .forEach(
            outgoing ->
                line(
                    outgoing.match(
                        sent -> "send to " + sent.to(),
                        emitted -> "emit",
                        invoked -> "invoke " + invoked.name()),
                    text(outgoing.payload()) + "  id " + outgoing.id()));
    if (!batch.timers().isEmpty()) {
      line(
          "timers",
          batch.timers().stream().map(TimerSet::toString).collect(Collectors.joining(", ")));
    }
    Payload reply = batch.reply();
    if (reply != null) {
      line("reply", text(reply));
    }
    if (batch.refusal() != null) {
      line("refusal", batch.refusal());
    }
  }

  private void line(String what, String text) {
    out.println("    %-8s %s".formatted(what, text));
  }

  private static String text(Payload payload) {
    try {
      return payload.type() + " " + CBOR.readTree(payload.bytes());
    } catch (IOException e) { // a person reads this: what can be told is told
      return payload + ", which cannot be read: " + e.getMessage();
    }
  }

  private static String cause(Batch batch) {
    return batch
        .cause()
        .match(
            delivered ->
                "delivered from %s, position %s, stable up to %s, id %s"
                    .formatted(
                        delivered.sender(),
                        delivered.position(),
                        delivered.stable(),
                        delivered.id()),
            requested -> "request " + requested.requestId(),
            fired -> "timer " + fired.timerId(),
            completed -> "result of activity " + completed.activityId());
  }
}
