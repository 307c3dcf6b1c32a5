package dev.onewrite.projection;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.ForwarderSetup;
import dev.onewrite.spi.OutboxSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.RunningProjection;
import org.apache.pekko.projection.StatusObserver;
import org.apache.pekko.projection.internal.ActorHandlerInit;
import org.apache.pekko.projection.internal.NoopStatusObserver$;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.scaladsl.Source;
import scala.Option;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.DurationConverters;

/**
 * One worker of one group, as a Pekko projection: at least once over the tail, its offsets in the
 * store.
 */
final class GroupProjection implements Projection<TailItem> {

  /*
   * Pekko Projection has an offset store for each database it knows. Ours is the Store port: the
   * protocol starts from the offsets of all ranges ever used, never lowers one, and publishes a
   * floor with each; the stock stores do none of it. So this is to the Store what JdbcProjection is
   * to a database, and like it stands on the types under `internal`, which have no public port.
   */

  private final ForwarderSetup setup;
  private final Supplier<Lanes> lanes;
  private final SliceRange slices;
  private final Executor blocking;
  private final RestartSettings restart;
  private final StatusObserver<TailItem> observer;

  GroupProjection(
      ForwarderSetup setup, Supplier<Lanes> lanes, SliceRange slices, Executor blocking) {
    this(setup, lanes, slices, blocking, restart(setup.settings()), silent());
  }

  private GroupProjection(
      ForwarderSetup setup,
      Supplier<Lanes> lanes,
      SliceRange slices,
      Executor blocking,
      RestartSettings restart,
      StatusObserver<TailItem> observer) {
    this.setup = setup;
    this.lanes = lanes;
    this.slices = slices;
    this.blocking = blocking;
    this.restart = restart;
    this.observer = observer;
  }

  private static RestartSettings restart(OutboxSettings settings) {
    OutboxSettings.Redelivery redelivery = settings.redelivery();
    return RestartSettings.create(redelivery.delayFirst(), redelivery.delayMax(), 0.2);
  }

  private static StatusObserver<TailItem> silent() {
    return NoopStatusObserver$.MODULE$.getInstance();
  }

  @Override
  public ProjectionId projectionId() {
    // It becomes part of an actor's name, which takes fewer characters than a component's.
    String name = URLEncoder.encode(lanes.get().group(), StandardCharsets.UTF_8);
    return ProjectionId.of(name, slices.toString());
  }

  @Override
  public StatusObserver<TailItem> statusObserver() {
    return observer;
  }

  @Override
  public Projection<TailItem> withStatusObserver(StatusObserver<TailItem> told) {
    return new GroupProjection(setup, lanes, slices, blocking, restart, told);
  }

  @Override
  public RunningProjection run(ActorSystem<?> system) {
    return worker(system).start();
  }

  @Override
  public Source<Done, Future<Done>> mappedSource(ActorSystem<?> system) {
    return worker(system).mappedSource();
  }

  private GroupWorker worker(ActorSystem<?> system) {
    return new GroupWorker(
        projectionId(),
        setup,
        slices,
        new GroupWorker.Hosting(system, blocking, restart, observer),
        lanes.get());
  }

  @Override
  public <T> Option<ActorHandlerInit<T>> actorHandlerInit() {
    return Option.empty();
  }

  @Override
  public Projection<TailItem> withRestartBackoff(Duration min, Duration max, double random) {
    return with(RestartSettings.create(min, max, random));
  }

  @Override
  public Projection<TailItem> withRestartBackoff(
      Duration min, Duration max, double random, int maxRestarts) {
    return with(RestartSettings.create(min, max, random).withMaxRestarts(maxRestarts, min));
  }

  @Override
  public Projection<TailItem> withRestartBackoff(
      FiniteDuration min, FiniteDuration max, double random) {
    return withRestartBackoff(
        DurationConverters.toJava(min), DurationConverters.toJava(max), random);
  }

  @Override
  public Projection<TailItem> withRestartBackoff(
      FiniteDuration min, FiniteDuration max, double random, int maxRestarts) {
    return withRestartBackoff(
        DurationConverters.toJava(min), DurationConverters.toJava(max), random, maxRestarts);
  }

  private Projection<TailItem> with(RestartSettings settings) {
    return new GroupProjection(setup, lanes, slices, blocking, settings, observer);
  }
}
