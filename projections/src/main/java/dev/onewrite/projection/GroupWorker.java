package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.SliceOffsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.projection.ProjectionContext;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.RunningProjection;
import org.apache.pekko.projection.RunningProjectionManagement;
import org.apache.pekko.projection.StatusObserver;
import org.apache.pekko.projection.internal.AtLeastOnce;
import org.apache.pekko.projection.internal.FlowHandlerStrategy;
import org.apache.pekko.projection.internal.InternalProjectionState;
import org.apache.pekko.projection.internal.ManagementState;
import org.apache.pekko.projection.internal.ProjectionSettings;
import org.apache.pekko.projection.internal.SourceProviderAdapter;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.scaladsl.Source;
import scala.Option;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.DurationConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * A running {@link GroupProjection}: where it begins, what it does with an item, what it stores.
 */
final class GroupWorker extends InternalProjectionState<Position, TailItem> {

  private final ForwarderSetup setup;
  private final SliceRange slices;
  private final Lanes lanes;
  private final LowWatermark watermark;
  private final Hosting hosting;
  private final ProjectionSettings settings;
  private volatile Position reached = Position.START;
  private final AtomicBoolean storing = new AtomicBoolean();
  private volatile Position stored = Position.START;
  private volatile boolean stopped;

  /** What the worker runs on. */
  record Hosting(
      ActorSystem<?> system,
      Executor blocking,
      RestartSettings restart,
      StatusObserver<TailItem> observer) {}

  GroupWorker(
      ProjectionId id, ForwarderSetup setup, SliceRange slices, Hosting hosting, Lanes lanes) {
    this(id, setup, slices, hosting, new Lowest(lanes, setup));
  }

  /** The lanes, and what knows how far they are. */
  private record Lowest(Lanes lanes, LowWatermark watermark) {
    Lowest(Lanes lanes, ForwarderSetup setup) {
      this(lanes, new LowWatermark(lanes, setup.settings().window()));
    }
  }

  private GroupWorker(
      ProjectionId id, ForwarderSetup setup, SliceRange slices, Hosting hosting, Lowest lowest) {
    super(
        id,
        new SourceProviderAdapter<>(
            new TailProvider(
                new TailReader(setup, slices, hosting.blocking(), lowest.watermark()::isHeavy))),
        new AtLeastOnce(Option.empty(), Option.empty(), Option.empty()),
        new FlowHandlerStrategy<TailItem>(
            FlowWithContext.<TailItem, ProjectionContext>create()
                .mapAsync(setup.settings().window(), lowest.watermark()::accept)
                .asScala()),
        hosting.observer(),
        settings(setup, hosting));
    this.setup = setup;
    this.slices = slices;
    this.lanes = lowest.lanes();
    this.watermark = lowest.watermark();
    this.hosting = hosting;
    this.settings = settings(setup, hosting);
    watermark.onLate(() -> storeIn(setup.settings().offsetWithin()));
  }

  private static ProjectionSettings settings(ForwarderSetup setup, Hosting hosting) {
    ProjectionSettings defaults = ProjectionSettings.apply(hosting.system());
    return new ProjectionSettings(
        hosting.restart(),
        setup.settings().offsetEvery(),
        DurationConverters.toScala(setup.settings().offsetWithin()),
        defaults.groupAfterEnvelopes(),
        defaults.groupAfterDuration(),
        defaults.recoveryStrategy());
  }

  RunningProjection start() {
    return new Running(RunningProjection.withBackoff(this::mappedSource, settings));
  }

  @Override
  public Future<Object> readPaused() {
    return FutureConverters.asScala(CompletableFuture.completedFuture((Object) false));
  }

  /**
   * The least, over the slices, of the greatest offset stored of any range that covers the slice.
   * It is read before floor and rows are: what they say is then true of all that comes after it.
   */
  @Override
  public Future<Option<Position>> readOffsets() {
    return blocking(
        () -> {
          Position start = storedOffset();
          lanes.begin();
          watermark.restart();
          return Option.apply(start);
        });
  }

  private Position storedOffset() {
    return SliceOffsets.start(setup.store().offsets().read(lanes.group()), slices);
  }

  @Override
  public Future<Done> saveOffset(ProjectionId id, Position offset) {
    reached = Position.greatest(reached, offset);
    return blocking(
        () -> {
          store(watermark.settled(offset));
          return Done.done();
        });
  }

  private void store(Position settled) {
    if (settled.isAfter(Position.START)) {
      setup.faults().reached(FaultPoint.BEFORE_OFFSET);
      lanes.rise(setup.store().offsets().save(lanes.group(), slices, settled));
      stored = settled;
    }
  }

  /** Rows that are late are settled one by one; what they set free is stored together. */
  private void storeIn(Duration wait) {
    if (storing.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, hosting.blocking())
          .execute(this::storeLate);
    }
  }

  /** A row that is settled from here on asks for the next time. */
  private void storeLate() {
    storing.set(false);
    Position settled = watermark.settled(reached);
    if (stopped || !settled.isAfter(stored)) {
      return;
    }
    try {
      store(settled);
    } catch (RuntimeException e) { // the store's: nothing is lost, only delivered again
      logger().warning("An offset could not be stored and is tried again: {}", e.getMessage());
      storeIn(setup.settings().redelivery().delayMax());
    }
  }

  private <T> Future<T> blocking(Supplier<T> work) {
    return FutureConverters.asScala(CompletableFuture.supplyAsync(work, hosting.blocking()));
  }

  @Override
  public LoggingAdapter logger() {
    return Logging.getLogger(hosting.system().classicSystem(), GroupWorker.class);
  }

  @Override
  public ActorSystem<?> system() {
    return hosting.system();
  }

  @Override
  public ExecutionContext executionContext() {
    return hosting.system().executionContext();
  }

  /** The running stream, to be stopped and asked for its offset. */
  private final class Running implements RunningProjection, RunningProjectionManagement<Position> {

    private final Future<Done> ended;

    Running(Source<Done, ?> source) {
      ended = source.run(org.apache.pekko.stream.Materializer.matFromSystem(hosting.system()));
    }

    @Override
    public Future<Done> stop() {
      stopped = true;
      lanes.stop();
      killSwitch().shutdown();
      abort().tryFailure(RunningProjection.AbortProjectionException$.MODULE$);
      return ended;
    }

    @Override
    public Future<Option<Position>> getOffset() {
      return blocking(() -> Option.apply(storedOffset()));
    }

    @Override
    public Future<Done> setOffset(Option<Position> offset) {
      return refused("An offset is never set by hand: below it something may not be delivered.");
    }

    @Override
    public Future<Option<ManagementState>> getManagementState() {
      return FutureConverters.asScala(
          CompletableFuture.completedFuture(Option.apply(new ManagementState(false))));
    }

    @Override
    public Future<Done> setPaused(boolean paused) {
      return refused("A group cannot be paused. Stop the node, or give the handler work later.");
    }

    private Future<Done> refused(String why) {
      return FutureConverters.asScala(
          CompletableFuture.failedFuture(new UnsupportedOperationException(why)));
    }
  }
}
