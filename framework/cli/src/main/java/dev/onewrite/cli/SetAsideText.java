package dev.onewrite.cli;

import dev.onewrite.Inspection;
import dev.onewrite.component.BrokenException;
import dev.onewrite.journal.Outgoing;
import dev.onewrite.spi.Attempts;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints what waits outside the stream: sequences, and the messages of one. */
final class SetAsideText {

  /** 100,000 rows of a sequence, of 500 bytes or so each. */
  private static final int ROWS_MAX = 100_000;

  /** 20 entities in a line for people; JSON has all. */
  private static final int NAMED_MAX = 20;

  private final Inspection inspection;
  private final Output output;

  SetAsideText(Inspection inspection, Output output) {
    this.inspection = inspection;
    this.output = output;
  }

  void sequences(List<Backlog> backlogs) {
    List<String> waiting =
        backlogs.stream()
            .map(backlog -> backlog.sequence().receiver().toString())
            .distinct()
            .sorted()
            .toList();
    long parked = backlogs.stream().mapToLong(Backlog::parked).sum();
    long deferred = backlogs.stream().mapToLong(Backlog::deferred).sum();
    if (output.isJson()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("parked", parked);
      plain.put("deferred", deferred);
      plain.put("waiting", waiting);
      plain.put("sequences", backlogs.stream().map(this::plain).toList());
      output.document(plain);
      return;
    }
    backlogs.forEach(this::print);
    output.line(
        "%,d sequences wait: %,d messages parked, %,d deferred."
            .formatted(backlogs.size(), parked, deferred));
    if (!waiting.isEmpty()) {
      int left = waiting.size() - NAMED_MAX;
      output.line(
          "Entities that wait: "
              + String.join(", ", waiting.subList(0, Math.min(waiting.size(), NAMED_MAX)))
              + (left > 0 ? " and %,d more".formatted(left) : ""));
    }
  }

  private void print(Backlog backlog) {
    SetAsideRow first = backlog.first();
    Attempts.Note note = first.attempts().last();
    output.line(first.state() + "  " + backlog.sequence().group() + "  " + counted(backlog));
    output.line(
        "    behind message %s (%s) of row %d, tried %,d times%s"
            .formatted(
                first.id(),
                type(first),
                first.row(),
                first.attempts().made(),
                note == null ? "" : ", last at " + note.at() + ": " + note.text()));
  }

  private static String counted(Backlog backlog) {
    return "%s: %,d parked, %,d deferred"
        .formatted(backlog.sequence(), backlog.parked(), backlog.deferred());
  }

  private Map<String, Object> plain(Backlog backlog) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("group", backlog.sequence().group());
    plain.put("sender", backlog.sequence().sender().toString());
    plain.put("receiver", backlog.sequence().receiver().toString());
    plain.put("parked", backlog.parked());
    plain.put("deferred", backlog.deferred());
    plain.put("first", plain(backlog.first()));
    return plain;
  }

  /** Each message that waits in the sequence; what waits there, if anything does. */
  List<Backlog> messages(Sequence sequence) {
    List<Backlog> backlogs = inspection.waiting().waiting(Backlog.Filter.of(sequence), 1);
    List<SetAsideRow> rows =
        inspection.waiting().rows(sequence, ROWS_MAX).stream()
            .filter(row -> row.state().blocks())
            .toList();
    if (output.isJson()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("group", sequence.group());
      plain.put("sender", sequence.sender().toString());
      plain.put("receiver", sequence.receiver().toString());
      plain.put("parked", backlogs.stream().mapToLong(Backlog::parked).sum());
      plain.put("deferred", backlogs.stream().mapToLong(Backlog::deferred).sum());
      plain.put("messages", rows.stream().map(this::plain).toList());
      output.document(plain);
      return backlogs;
    }
    rows.forEach(this::print);
    backlogs.forEach(
        backlog ->
            output.line("%s; %s waits for them".formatted(counted(backlog), sequence.receiver())));
    if (backlogs.isEmpty()) {
      output.line(sequence + ": nothing waits.");
    }
    return backlogs;
  }

  private void print(SetAsideRow row) {
    Attempts attempts = row.attempts();
    output.line(
        "%-8s  %s  %s of row %d, tried %,d times"
            .formatted(row.state(), row.id(), type(row), row.row(), attempts.made()));
    print("first", attempts.first());
    if (attempts.made() > 1) {
      print("last", attempts.last());
    }
  }

  private void print(String which, Attempts.@Nullable Note note) {
    if (note != null) {
      output.line("    %-5s at %s: %s".formatted(which, note.at(), note.text()));
    }
  }

  private Map<String, Object> plain(SetAsideRow row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("id", row.id().toString());
    plain.put("type", message(row).map(message -> message.payload().type()).orElse(null));
    plain.put("row", row.row());
    plain.put("state", row.state().toString());
    plain.put("attempts", row.attempts().made());
    plain.put("firstFailure", plain(row.attempts().first()));
    plain.put("lastFailure", plain(row.attempts().last()));
    return plain;
  }

  private static @Nullable Object plain(Attempts.@Nullable Note note) {
    return note == null ? null : Map.of("at", note.at().toString(), "text", note.text());
  }

  private String type(SetAsideRow row) {
    return message(row)
        .map(message -> message.payload().type())
        .orElse("which the journal does not have there; see verify");
  }

  /** Absent too where the journal's row is damaged: what waits is to be seen all the same. */
  private Optional<Outgoing> message(SetAsideRow row) {
    try {
      return inspection.message(row);
    } catch (BrokenException e) {
      return Optional.empty();
    }
  }
}
