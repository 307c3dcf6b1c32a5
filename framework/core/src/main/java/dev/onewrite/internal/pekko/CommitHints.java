package dev.onewrite.internal.pekko;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.pubsub.Topic;

/**
 * Tells the other nodes that this one has committed, so that their workers need not wait for the
 * flush interval. A hint that is lost costs that interval, and nothing else.
 */
final class CommitHints extends AbstractBehavior<CommitHints.Command> {

  /** 10 ms. However much a node commits, the others hear of it a hundred times a second at most. */
  private static final Duration QUIET = Duration.ofMillis(10);

  private final TimerScheduler<Command> timers;
  private final Commits commits;
  private final AtomicBoolean told;
  private final long node = ThreadLocalRandom.current().nextLong();
  private final ActorRef<Topic.Command<Hint>> topic;
  private boolean quiet;
  private boolean missed;

  /** What it is told. */
  sealed interface Command {}

  /** A node, by a number of its own, has committed. */
  record Hint(long node) implements Command, Wire {}

  private record Committed() implements Command {}

  private record QuietOver() implements Command {}

  /** Starts it on this node. */
  static ActorRef<Command> start(ActorSystem<?> system, Commits commits) {
    AtomicBoolean told = new AtomicBoolean();
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(timers -> new CommitHints(context, timers, commits, told)));
    ActorRef<Command> hints =
        system.systemActorOf(behavior, "onewrite-commit-hints", Props.empty());
    commits.onOwn(
        () -> {
          if (told.compareAndSet(false, true)) {
            hints.tell(new Committed());
          }
        });
    return hints;
  }

  private CommitHints(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Commits commits,
      AtomicBoolean told) {
    super(context);
    this.timers = timers;
    this.commits = commits;
    this.told = told;
    this.topic = context.spawn(Topic.create(Hint.class, "onewrite-commits"), "topic");
    topic.tell(Topic.subscribe(context.getSelf().narrow()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Committed.class, committed -> committed())
        .onMessage(QuietOver.class, over -> quietOver())
        .onMessage(Hint.class, this::heard)
        .build();
  }

  private Behavior<Command> committed() {
    told.set(false);
    if (quiet) {
      missed = true;
    } else {
      tell();
    }
    return this;
  }

  private void tell() {
    missed = false;
    quiet = true;
    topic.tell(Topic.publish(new Hint(node)));
    timers.startSingleTimer(new QuietOver(), QUIET);
  }

  private Behavior<Command> quietOver() {
    quiet = false;
    if (missed) {
      tell();
    }
    return this;
  }

  private Behavior<Command> heard(Hint hint) {
    if (hint.node() != node) {
      commits.heard();
    }
    return this;
  }
}
