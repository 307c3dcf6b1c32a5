package dev.onewrite.gateway;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A form that is saved, and a node that has it. */
final class Forms {

  enum Phase {
    EDITING,
    SAVED
  }

  record Draft(String text, int saves) {}

  record Saved(String text) {}

  sealed interface Message {}

  record SaveForm(String text) implements Message {}

  /** Everything a message may be made of. */
  record Everything(
      int number,
      double fraction,
      boolean flag,
      List<String> texts,
      Inner inner,
      Optional<String> note)
      implements Message {}

  record Inner(long size) {}

  /** Nothing is replied. */
  record Touch() implements Message {}

  /** Its handler throws. */
  record Stumble() implements Message {}

  /** Handled when somebody lets it be. */
  record Wait() implements Message {}

  record ReadForm(int most) implements Message {}

  record Text(String text) {}

  record Accepted(int saves) {}

  static final Machine<Phase, Draft, Saved> MACHINE =
      Machine.define(
          "form",
          Phase.class,
          Saved.class,
          () -> new Draft("", 0),
          m ->
              m.initial(Phase.EDITING)
                  .state(
                      Phase.EDITING,
                      s ->
                          s.tag("open")
                              .on(Saved.class, t -> t.target(Phase.SAVED).assign(Forms::saved)))
                  .state(
                      Phase.SAVED,
                      s -> s.on(Saved.class, t -> t.target(Phase.SAVED).assign(Forms::saved))));

  static final Semaphore GO = new Semaphore(0);

  static final Component<Message> FORM =
      Component.define("form", Message.class)
          .machine(MACHINE)
          .on(
              SaveForm.class,
              (turn, save) -> {
                turn.machine().send(new Saved(save.text()));
                turn.reply(new Accepted(turn.machine().context().saves()));
              })
          .on(Everything.class, (turn, everything) -> turn.reply(everything))
          .on(Touch.class, (turn, touch) -> {})
          .on(
              Stumble.class,
              (turn, stumble) -> {
                throw new IllegalStateException("a secret of the handler");
              })
          .onBlocking(
              Wait.class,
              (turn, wait) -> {
                GO.acquireUninterruptibly();
                turn.reply(new Accepted(0));
              })
          .answer(
              ReadForm.class,
              (view, read) -> {
                String text = view.context().text();
                return new Text(text.substring(0, Math.min(read.most(), text.length())));
              })
          .build();

  private Forms() {}

  private static Draft saved(Draft draft, Saved saved) {
    return new Draft(saved.text(), draft.saves() + 1);
  }

  static Onewrite.Builder node() {
    return Onewrite.builder().component(FORM).durability("memory");
  }
}
