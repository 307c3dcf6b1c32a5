package dev.onewrite.projection;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.spi.FaultPoint;
import java.nio.file.Path;

/** A node that is asked something and dies, as by a kill, when it comes to a fault point. */
final class RequestProcess {

  /** What a process that died there ends with. */
  static final int DIED = 9;

  static final String REQUEST = "request-1";

  private RequestProcess() {}

  record Draw() {}

  record Ticket(String drawnBy, int number) {}

  /** Each ticket says which process drew it. */
  static Component<Draw> tickets(String process) {
    return Component.define("tickets", Draw.class)
        .context(() -> new Ticket("", 0))
        .on(
            Draw.class,
            (turn, draw) -> {
              turn.assign(last -> new Ticket(process, last.number() + 1));
              turn.reply(turn.machine().context());
            })
        .build();
  }

  /** Arguments: store, fault point. */
  public static void main(String[] arguments) {
    FaultPoint deadly = FaultPoint.valueOf(arguments[1]);
    Component<Draw> tickets = tickets("the dead");
    try (Onewrite onewrite =
        Onewrite.builder()
            .component(tickets)
            .directory(Path.of(arguments[0]))
            .faults(
                point -> {
                  if (point == deadly) {
                    Runtime.getRuntime().halt(DIED); // nothing is closed, as in a kill
                  }
                })
            .start()) {
      Ref<Draw> ref = onewrite.ref(tickets, "1");
      ref.ask(new Draw(), Ticket.class, REQUEST).toCompletableFuture().join();
    }
  }
}
