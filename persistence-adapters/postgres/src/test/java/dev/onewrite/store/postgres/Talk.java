package dev.onewrite.store.postgres;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.spi.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Two components for tests with real nodes: one tells, the other hears. */
final class Talk {

  sealed interface SpeakerMessage {}

  record Say(int number, String to) implements SpeakerMessage {}

  record HowOften() implements SpeakerMessage {}

  record Said(int number, String by, String to) {}

  record Spoken(int times) {}

  sealed interface HearerMessage {}

  record What() implements HearerMessage {}

  record Heard(List<String> sayings) {}

  static final Component<SpeakerMessage> SPEAKER =
      Component.define("speaker", SpeakerMessage.class)
          .context(() -> new Spoken(0))
          .on(
              Say.class,
              (turn, say) -> {
                turn.assign(spoken -> new Spoken(spoken.times() + 1));
                turn.emit(new Said(say.number(), turn.self().entityId(), say.to()));
                turn.reply(new Spoken(say.number()));
              })
          .answer(HowOften.class, (view, question) -> view.context())
          .build();

  static final Component<HearerMessage> HEARER =
      Component.define("hearer", HearerMessage.class)
          .context(() -> new Heard(List.of()))
          .subscribe(Said.class, Said::to, (turn, said) -> turn.assign(heard -> with(heard, said)))
          .answer(What.class, (view, question) -> view.context())
          .build();

  private Talk() {}

  private static Heard with(Heard heard, Said said) {
    List<String> sayings = new ArrayList<>(heard.sayings());
    sayings.add(said.by() + "-" + said.number());
    return new Heard(sayings);
  }

  static Onewrite node(String url) {
    return node(url, Map.of(), Faults.NONE);
  }

  static Onewrite node(String url, Map<String, ?> settings, Faults faults) {
    Onewrite.Builder builder =
        Onewrite.builder()
            .component(SPEAKER)
            .component(HEARER)
            .set("onewrite.postgres.url", url)
            .set("onewrite.restart.first", "1ms")
            .set("onewrite.restart.max", "100ms")
            .set("onewrite.outbox.redelivery.first", "1ms")
            .faults(faults);
    settings.forEach(builder::set);
    return builder.start();
  }

  /** As a caller does: again, with the same request id, until there is an answer. */
  static void say(Onewrite node, String speaker, Say say) {
    String request = UUID.randomUUID().toString();
    while (true) {
      try {
        sayOnce(node, speaker, say, request);
        return;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof OnewriteException)) {
          throw e;
        }
      }
    }
  }

  static void sayOnce(Onewrite node, String speaker, Say say, String request) {
    node.ref(SPEAKER, speaker).ask(say, Spoken.class, request).toCompletableFuture().join();
  }

  static int spoken(Onewrite node, String speaker) {
    return node.ref(SPEAKER, speaker)
        .ask(new HowOften(), Spoken.class)
        .toCompletableFuture()
        .join()
        .times();
  }

  static List<String> heard(Onewrite node, String hearer) {
    return node.ref(HEARER, hearer)
        .ask(new What(), Heard.class)
        .toCompletableFuture()
        .join()
        .sayings();
  }
}
