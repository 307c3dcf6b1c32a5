package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.TimerSet;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Prints batches for a person. */
public final class BatchText {

  private final PrintWriter out;

  public BatchText(PrintWriter out) {
    this.out = out;
  }

  /** Prints the batch that is row {@code number} of its history. */
  public void print(long number, Batch batch) {
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
          "timers", batch.timers().stream().map(BatchText::text).collect(Collectors.joining(", ")));
    }
    if (!batch.cancelled().isEmpty()) {
      line("cancels", String.join(", ", batch.cancelled()));
    }
    Payload reply = batch.reply();
    if (reply != null) {
      line("reply", text(reply));
    }
    if (batch.refusal() != null) {
      line("refusal", batch.refusal());
    }
    out.flush();
  }

  private void line(String what, String text) {
    out.println("    %-8s %s".formatted(what, text));
  }

  private static String text(TimerSet timer) {
    return timer.id() + " due " + timer.due();
  }

  private static String text(Payload payload) {
    return payload.type() + " " + Inspection.json(payload);
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
