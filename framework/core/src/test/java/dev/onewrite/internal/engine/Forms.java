package dev.onewrite.internal.engine;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.codec.Types;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Position;
import dev.onewrite.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A form with a machine, lax and strict, and a tally without one. */
final class Forms {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");
  static final Address FORM_ID = new Address("form", "42");
  static final Address TALLY_ID = new Address("tally", "1");
  static final int RETAINED = 3;

  private Forms() {}

  enum Phase {
    EDITING,
    SAVING,
    SAVED
  }

  record Draft(String data, int saves) {}

  sealed interface FormEvent {}

  record SaveStarted(String data) implements FormEvent {}

  record SaveSucceeded(Address audit) implements FormEvent {}

  record Reset() implements FormEvent {}

  record Opened(String data) {}

  record Note(String text) {}

  record Tally(int count) {}

  static final Machine<Phase, Draft, FormEvent> MACHINE =
      Machine.define(
          "form",
          Phase.class,
          FormEvent.class,
          () -> new Draft("", 0),
          m ->
              m.initial(Phase.EDITING)
                  .state(
                      Phase.EDITING,
                      s ->
                          s.onEntry(a -> a.emit((Draft draft) -> new Opened(draft.data())))
                              .on(
                                  SaveStarted.class,
                                  t ->
                                      t.when((draft, e) -> !e.data().isEmpty())
                                          .target(Phase.SAVING)
                                          .assign(
                                              (draft, e) -> new Draft(e.data(), draft.saves()))))
                  .state(
                      Phase.SAVING,
                      s ->
                          s.on(
                                  SaveSucceeded.class,
                                  t ->
                                      t.target(Phase.SAVED)
                                          .assign(
                                              (draft, e) ->
                                                  new Draft(draft.data(), draft.saves() + 1))
                                          .send(
                                              (draft, e) -> e.audit(),
                                              (draft, e) -> new Note(draft.data())))
                              .after(Duration.ofSeconds(30), t -> t.target(Phase.EDITING)))
                  .state(Phase.SAVED, s -> s.on(Reset.class, t -> t.target(Phase.EDITING))));

  static final Component.Definition<Phase, Draft, FormEvent> FORM = form(false);
  static final Component.Definition<Phase, Draft, FormEvent> STRICT_FORM = form(true);
  static final Component.Definition<String, Tally, Object> TALLY = tally();

  @SuppressWarnings("unchecked") // the machine's types are the definition's
  private static Component.Definition<Phase, Draft, FormEvent> form(boolean strict) {
    var builder =
        Component.define("form", Note.class).machine(MACHINE).on(Note.class, (turn, note) -> {});
    if (strict) {
      builder.strict();
    }
    return (Component.Definition<Phase, Draft, FormEvent>) builder.build().definition();
  }

  @SuppressWarnings("unchecked") // as above
  private static Component.Definition<String, Tally, Object> tally() {
    return (Component.Definition<String, Tally, Object>)
        Component.define("tally", Note.class)
            .context(() -> new Tally(0))
            .on(Note.class, (turn, note) -> {})
            .build()
            .definition();
  }

  static PayloadCodec codec() {
    Types types = new Types();
    types.register(FormEvent.class);
    for (Class<?> type : new Class<?>[] {Draft.class, Opened.class, Note.class, Tally.class}) {
      types.register(type);
    }
    return new PayloadCodec(types, 4 << 10);
  }

  static EntityState<Phase, Draft, FormEvent> newForm() {
    return new EntityState<>(FORM_ID, FORM, codec(), RETAINED);
  }

  static EntityState<String, Tally, Object> newTally() {
    return new EntityState<>(TALLY_ID, TALLY, codec(), RETAINED);
  }

  static Cause.Requested request(String id) {
    return new Cause.Requested(id);
  }

  static Cause.Delivered delivery(long id, long at, long stable) {
    return new Cause.Delivered(
        new UUID(0, id), new Address("shop", "s"), Position.of(0, at), 0, Position.of(0, stable));
  }

  /** Numbers as ids, so that tests can tell them. */
  static Ids ids() {
    long[] last = {0};
    return () -> new UUID(7, ++last[0]);
  }

  static <S, C, E> OpenTurn<S, C, E> open(EntityState<S, C, E> state, Cause cause) {
    return new OpenTurn<>(
        state, cause, NOW, new Surroundings(ids(), codec(), name -> !name.equals("nowhere")));
  }
}
