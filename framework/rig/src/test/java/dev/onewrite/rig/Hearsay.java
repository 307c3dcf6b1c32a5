package dev.onewrite.rig;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.spi.Faults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A speaker and a hearer, for tests that need few words. */
final class Hearsay {

  sealed interface SpeakerMessage {}

  /** Says the numbers {@code from} up to {@code to} to one hearer. */
  record Say(int from, int to, String hearer) implements SpeakerMessage {}

  /** Reminds itself after a while, in another turn, to say so. */
  record SayLater(int number, String hearer, long millis) implements SpeakerMessage {}

  record Spoken(int times) {}

  record Said(int number, String hearer) {}

  sealed interface HearerMessage {}

  record What() implements HearerMessage {}

  /** How many, the last, and whether each was the one after the one before. */
  record Heard(int times, int last, boolean inOrder) {
    Heard with(int number) {
      return new Heard(times + 1, number, inOrder && number == last + 1);
    }
  }

  static final Component<SpeakerMessage> SPEAKER =
      Component.define("speaker", SpeakerMessage.class)
          .context(() -> new Spoken(0))
          .on(
              Say.class,
              (turn, say) -> {
                turn.assign(spoken -> new Spoken(spoken.times() + 1));
                for (int number = say.from(); number < say.to(); number++) {
                  turn.emit(new Said(number, say.hearer()));
                }
                turn.reply(new Spoken(say.to()));
              })
          .on(
              SayLater.class,
              (turn, later) ->
                  turn.timers()
                      .start(
                          "t" + later.number(),
                          Duration.ofMillis(later.millis()),
                          new Say(later.number(), later.number() + 1, later.hearer())))
          .build();

  static final Component<HearerMessage> HEARER =
      Component.define("hearer", HearerMessage.class)
          .context(() -> new Heard(0, -1, true))
          .subscribe(
              Said.class,
              Said::hearer,
              (turn, said) -> turn.assign(heard -> heard.with(said.number())))
          .answer(What.class, (view, what) -> view.context())
          .build();

  private Hearsay() {}

  static Onewrite.Builder node(Stage stage, Faults faults) {
    return Onewrite.builder()
        .config(ConfigFactory.parseString(stage.last()))
        .set("onewrite.ask-timeout", "40s")
        .component(SPEAKER)
        .component(HEARER)
        .faults(faults);
  }

  static void say(Onewrite node, String speaker, Say say) {
    node.ref(SPEAKER, speaker).ask(say, Spoken.class).toCompletableFuture().join();
  }

  /** One turn for each number. */
  static void sayEach(Onewrite node, String speaker, int count, String hearer) {
    for (int number = 0; number < count; number++) {
      say(node, speaker, new Say(number, number + 1, hearer));
    }
  }

  /** So many turns in which nothing is said. */
  static void saySilently(Onewrite node, String speaker, int turns) {
    CompletableFuture<?>[] said = new CompletableFuture<?>[turns];
    for (int turn = 0; turn < turns; turn++) {
      said[turn] =
          node.ref(SPEAKER, speaker).ask(new Say(0, 0, ""), Spoken.class).toCompletableFuture();
    }
    CompletableFuture.allOf(said).join();
  }

  static Heard heard(Onewrite node, String hearer) {
    return node.ref(HEARER, hearer).ask(new What(), Heard.class).toCompletableFuture().join();
  }

  static Heard all(int count) {
    return new Heard(count, count - 1, true);
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, 60, condition);
  }

  static void await(String what, int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("after " + seconds + " s still not: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
