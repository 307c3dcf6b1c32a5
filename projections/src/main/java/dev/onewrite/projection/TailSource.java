package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.TailRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/** The journal from a position on, without end: woken by commits, else by the flush interval. */
final class TailSource extends GraphStage<SourceShape<TailItem>> {

  /**
   * 256. Read at once; a row is seldom above a few KiB, so a read stays near a megabyte; it ends by
   * bytes, too.
   */
  static final int ROWS_MAX = 256;

  /** 10 ms. How often it is looked whether there is room for more. */
  private static final Duration ROOM_EVERY = Duration.ofMillis(10);

  private final Outlet<TailItem> out = Outlet.create("TailSource.out");
  private final SourceShape<TailItem> shape = SourceShape.of(out);
  private final TailReader reader;
  private final ForwarderSetup setup;
  private final Position start;

  TailSource(TailReader reader, Position start) {
    this.reader = reader;
    this.setup = reader.setup();
    this.start = start;
  }

  @Override
  public SourceShape<TailItem> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Reading();
  }

  /** What one read found. The bound was asked for before the rows were. */
  private record Chunk(Position bound, List<TailRow> rows, @Nullable Throwable failure) {}

  private final class Reading extends TimerGraphStageLogic {

    /*
     * One read at a time. A commit during a read sets `woken`: its row may or may not have been
     * seen, so the tail is read once more before this waits. An idle worker moves on to the bound,
     * which was asked for before the query that found nothing; asked for afterwards it could lie
     * behind a row that was committed in between.
     */

    private final Deque<TailItem> ready = new ArrayDeque<>();
    private final AtomicBoolean wakeUnderWay = new AtomicBoolean();
    private final AsyncCallback<Chunk> found = createAsyncCallback(this::found);
    private final AsyncCallback<Boolean> wake = createAsyncCallback(ignored -> wake());
    private Position after = start;
    private boolean reading;
    private boolean woken;
    private @Nullable AutoCloseable listening;

    Reading() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pushOrRead();
            }
          });
    }

    @Override
    public void preStart() {
      listening =
          setup.onCommit(
              () -> {
                if (wakeUnderWay.compareAndSet(false, true)) {
                  wake.invoke(true);
                }
              });
    }

    @Override
    public void postStop() throws Exception {
      if (listening != null) {
        listening.close();
      }
    }

    @Override
    public void onTimer(Object key) {
      pushOrRead();
    }

    private void wake() {
      wakeUnderWay.set(false);
      woken = true;
      pushOrRead();
    }

    private void pushOrRead() {
      if (!isAvailable(out)) {
        return;
      }
      if (!ready.isEmpty()) {
        push(out, ready.poll());
      } else if (!reading && reader.full().getAsBoolean()) {
        scheduleOnce("room", ROOM_EVERY);
      } else if (!reading) {
        read();
      }
    }

    private void read() {
      reading = true;
      woken = false;
      Position from = after;
      reader.blocking().execute(() -> found.invoke(chunk(from)));
    }

    private Chunk chunk(Position from) {
      try {
        Tail tail = setup.store().tail();
        Position bound = tail.bound();
        return new Chunk(bound, tail.read(from, reader.slices(), ROWS_MAX), null);
      } catch (RuntimeException e) { // the stage fails with it, and is started again with backoff
        return new Chunk(from, List.of(), e);
      }
    }

    private void found(Chunk chunk) {
      reading = false;
      if (chunk.failure() != null) {
        failStage(chunk.failure());
        return;
      }
      for (TailRow row : chunk.rows()) {
        ready.add(TailItem.of(row));
        after = row.position();
      }
      if (chunk.rows().isEmpty() && chunk.bound().isAfter(after)) {
        after = chunk.bound();
        ready.add(TailItem.idle(after));
      }
      if (!ready.isEmpty() || woken) {
        pushOrRead();
      } else {
        scheduleOnce("flush", setup.settings().flushInterval());
      }
    }
  }
}
