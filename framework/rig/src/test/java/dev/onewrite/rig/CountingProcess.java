package dev.onewrite.rig;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/** A node whose one entity counts to a number, one turn after the other, and tells each answer. */
final class CountingProcess {

  sealed interface Message {}

  record Add(int number) implements Message {}

  record Look() implements Message {}

  record Counted(int times) {}

  static final Component<Message> COUNTER =
      Component.define("counter", Message.class)
          .context(() -> new Counted(0))
          .on(
              Add.class,
              (turn, add) -> {
                turn.assign(counted -> new Counted(counted.times() + 1));
                turn.reply(turn.machine().context());
              })
          .answer(Look.class, (view, look) -> view.context())
          .build();

  private CountingProcess() {}

  /**
   * Runs it.
   *
   * @param arguments how far it counts, then the configuration
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Onewrite onewrite =
        Onewrite.builder()
            .config(ConfigFactory.parseString(arguments[1]))
            .component(COUNTER)
            .start()) {
      Ref<Message> counter = onewrite.ref(COUNTER, "one");
      for (int number = 1; number <= Integer.parseInt(arguments[0]); number++) {
        out.println(answer(counter, number));
      }
    }
    out.println("ended");
  }

  private static String answer(Ref<Message> counter, int number) {
    try {
      counter.ask(new Add(number), Counted.class, "add-" + number).toCompletableFuture().join();
      return "acked " + number;
    } catch (CompletionException e) {
      String code =
          e.getCause() instanceof OnewriteException known ? known.code() : e.getCause().toString();
      return "failed " + number + " " + code;
    }
  }
}
