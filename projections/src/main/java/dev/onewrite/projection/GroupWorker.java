package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.SliceOffsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
  private final Hosting hosting;
  private final ProjectionSettings settings;

  /** What the worker runs on. */
  record Hosting(
      ActorSystem<?> system,
      Executor blocking,
      RestartSettings restart,
      StatusObserver<TailItem> observer) {}

  GroupWorker(
      ProjectionId id, ForwarderSetup setup, SliceRange slices, Hosting hosting, Lanes lanes) {
    super(
        id,
        new SourceProviderAdapter<>(new TailProvider(setup, slices, hosting.blocking())),
        new AtLeastOnce(Option.empty(), Option.empty(), Option.empty()),
        new FlowHandlerStrategy<TailItem>(
            FlowWithContext.<TailItem, ProjectionContext>create()
                .mapAsyncPartitioned(
                    setup.settings().window(), lanes::lane, (item, lane) -> lanes.settle(item))
                .asScala()),
        hosting.observer(),
        settings(setup, hosting));
    this.setup = setup;
    this.slices = slices;
    this.lanes = lanes;
    this.hosting = hosting;
    this.settings = settings(setup, hosting);
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
   */
  @Override
  public Future<Option<Position>> readOffsets() {
    return blocking(
        () -> {
          Position start = SliceOffsets.start(setup.store().offsets().read(lanes.group()), slices);
          lanes.rise(setup.store().offsets().floor(lanes.group()));
          return Option.apply(start);
        });
  }

  @Override
  public Future<Done> saveOffset(ProjectionId id, Position offset) {
    return blocking(
        () -> {
          setup.faults().reached(FaultPoint.BEFORE_OFFSET);
          lanes.rise(setup.store().offsets().save(lanes.group(), slices, offset));
          return Done.done();
        });
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
      lanes.stop();
      killSwitch().shutdown();
      abort().tryFailure(RunningProjection.AbortProjectionException$.MODULE$);
      return ended;
    }

    @Override
    public Future<Option<Position>> getOffset() {
      return readOffsets();
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
