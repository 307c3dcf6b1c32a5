package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/** The tail from the stored offset on. */
final class TailProvider extends SourceProvider<Position, TailItem> {

  private final TailReader reader;

  TailProvider(TailReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletionStage<Source<TailItem, NotUsed>> source(
      Supplier<CompletionStage<Optional<Position>>> offset) {
    return offset
        .get()
        .thenApply(start -> Source.fromGraph(new TailSource(reader, start.orElse(Position.START))));
  }

  @Override
  public Position extractOffset(TailItem item) {
    return item.position();
  }

  @Override
  public long extractCreationTime(TailItem item) {
    return item.row().map(row -> row.row().writtenAt()).orElse(0L);
  }
}
