package dev.onewrite.projection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.StoreProvider;
import dev.onewrite.store.sqlite.SqliteStoreProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writers send numbered letters to a reader, who refuses some or does not answer. */
final class Letters {

  sealed interface WriterMessage {}

  record Write(int from, int to, String reader) implements WriterMessage {}

  record Nothing() {}

  sealed interface ReaderMessage {}

  record Letter(String writer, int number) implements ReaderMessage {}

  record WhatWasRead() implements ReaderMessage {}

  record Pages(List<String> letters) {}

  static final Component<WriterMessage> WRITER =
      Component.define("writer", WriterMessage.class)
          .context(Nothing::new)
          .on(
              Write.class,
              (turn, write) -> {
                for (int number = write.from(); number < write.to(); number++) {
                  turn.send(
                      new Address("reader", write.reader()),
                      new Letter(turn.self().entityId(), number));
                }
              })
          .build();

  /** Letters, as "writer-number", that the reader throws at. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Letters, as "writer-number", at which the reader takes longer than it may. */
  final Set<String> slow = ConcurrentHashMap.newKeySet();

  /** How often each was tried. */
  final List<String> tried = new CopyOnWriteArrayList<>();

  final List<Incident> incidents = new CopyOnWriteArrayList<>();
  final AtomicReference<Store> store = new AtomicReference<>();
  private final CountDownLatch slowOnesGo = new CountDownLatch(1);

  final Component<ReaderMessage> reader =
      Component.define("reader", ReaderMessage.class)
          .context(() -> new Pages(List.of()))
          .onBlocking(
              Letter.class,
              (turn, letter) -> {
                String name = letter.writer() + "-" + letter.number();
                tried.add(name);
                if (refused.contains(name)) {
                  throw new IllegalStateException("no " + name);
                }
                if (slow.contains(name)) {
                  slowOnesGo.await();
                }
                turn.assign(
                    pages ->
                        new Pages(
                            Stream.concat(pages.letters().stream(), Stream.of(name)).toList()));
              })
          .answer(WhatWasRead.class, (view, question) -> view.context())
          .build();

  /** From now on nothing is slow any more. */
  void letSlowOnesGo() {
    slowOnesGo.countDown();
  }

  Onewrite.Builder node(Path directory) {
    return Onewrite.builder()
        .component(WRITER)
        .component(reader)
        .directory(directory)
        .store(new Shown())
        .durability("shown")
        .onError(incidents::add)
        .set("onewrite.outbox.redelivery.first", "10ms")
        .set("onewrite.outbox.redelivery.max", "50ms")
        .set("onewrite.outbox.redelivery.attempts-max", 3);
  }

  static void write(Onewrite onewrite, String writer, String reader, int from, int to) {
    onewrite.ref(WRITER, writer).tell(new Write(from, to, reader)).toCompletableFuture().join();
  }

  /** One turn for each. */
  static void writeEach(Onewrite onewrite, String writer, String reader, int from, int to) {
    List<CompletableFuture<?>> written = new ArrayList<>();
    for (int number = from; number < to; number++) {
      written.add(
          onewrite
              .ref(WRITER, writer)
              .tell(new Write(number, number + 1, reader))
              .toCompletableFuture());
    }
    CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
  }

  List<String> read(Onewrite onewrite, String id) {
    return onewrite
        .ref(reader, id)
        .ask(new WhatWasRead(), Pages.class)
        .toCompletableFuture()
        .join()
        .letters();
  }

  static List<String> letters(String writer, int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> writer + "-" + number).toList();
  }

  static Sequence sequence(String writer, String reader) {
    return new Sequence("reader", new Address("writer", writer), new Address("reader", reader));
  }

  List<SetAsideRow.State> states(Sequence sequence) {
    return store.get().setAside().rows(sequence, 10_000).stream().map(SetAsideRow::state).toList();
  }

  /** As a tool does, that opens the store alone. */
  void redriveWithoutANode(Path directory) {
    Config config = ConfigFactory.parseMap(Map.of("directory", directory.toString()));
    try (Store alone = new SqliteStoreProvider().open(config, Faults.NONE)) {
      alone.setAside().redrive(sequence("a", "x"));
    }
  }

  boolean floorIsAtTheEnd() {
    return !store.get().tail().bound().isAfter(store.get().offsets().floor("reader"));
  }

  /** The usual store, which the test sees too. */
  private final class Shown implements StoreProvider {

    @Override
    public String name() {
      return "shown";
    }

    @Override
    public Store open(Config config, Faults faults) {
      Store opened = new SqliteStoreProvider().open(config, faults);
      store.set(opened);
      return opened;
    }
  }
}
