package dev.onewrite.gateway;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import dev.onewrite.component.RetryableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The component under test: a note that is written to. */
final class Notes {

  sealed interface NoteMessage
      permits Write, Touch, Priced, Refuse, Busy, Throw, Read, Erase, Colour {}

  record Write(String text) implements NoteMessage {}

  record Touch() implements NoteMessage {}

  record Priced(BigDecimal price, Instant at, List<Integer> numbers) implements NoteMessage {}

  record Refuse() implements NoteMessage {}

  record Busy() implements NoteMessage {}

  record Throw() implements NoteMessage {}

  record Erase() implements NoteMessage {}

  enum Colour implements NoteMessage {
    RED
  }

  record Read(int from) implements NoteMessage {}

  record Written(int writes, String last) {}

  record Note(int writes, String text) {}

  static final Component<NoteMessage> NOTE =
      Component.define("note", NoteMessage.class)
          .context(() -> new Note(0, ""))
          .on(
              Write.class,
              (turn, write) -> {
                turn.assign(note -> new Note(note.writes() + 1, write.text()));
                turn.reply(new Written(turn.machine().context().writes(), write.text()));
              })
          .on(Touch.class, (turn, touch) -> turn.assign(note -> new Note(note.writes() + 1, "")))
          .on(Erase.class, (turn, erase) -> turn.assign(note -> new Note(0, "")))
          .on(Priced.class, (turn, priced) -> turn.reply(priced))
          .on(Colour.class, (turn, colour) -> turn.reply(colour))
          .on(
              Refuse.class,
              (turn, refuse) -> {
                throw new RefusedException("NOTE1", "This note is closed.");
              })
          .on(
              Busy.class,
              (turn, busy) -> {
                throw new RetryableException("NOTE2", "Later.");
              })
          .on(
              Throw.class,
              (turn, fail) -> {
                throw new IllegalStateException("secret of the inside");
              })
          .answer(
              Read.class,
              (view, read) -> new Written(0, view.context().text().substring(read.from())))
          .build();

  /** Not exposed anywhere. */
  static final Component<Hidden> HIDDEN =
      Component.define("hidden", Hidden.class)
          .context(() -> new Note(0, ""))
          .on(Hidden.class, (turn, hidden) -> turn.assign(note -> new Note(1, "")))
          .build();

  record Hidden() {}

  private Notes() {}

  static Onewrite.Builder node() {
    return Onewrite.builder().component(NOTE).component(HIDDEN).durability("memory");
  }
}
