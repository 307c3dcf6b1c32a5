package dev.onewrite.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary that a state and the machine as a whole have in common: child states, transitions,
 * entry and exit.
 *
 * <p><b>Which transition is taken.</b> For each active leaf the innermost state with an enabled one
 * decides; within a state, the first written. A transition of an inner state overrides those of the
 * states around it, also one without a target. Where two regions choose transitions that would
 * leave the same states, the one of the region written first wins.
 *
 * @param <S> state ids
 * @param <C> the context
 * @param <E> the machine's events
 * @param <B> the builder itself
 */
public abstract sealed class Scope<S, C, E, B extends Scope<S, C, E, B>>
    permits MachineBuilder, StateBuilder {

  final @Nullable S id;
  Kind kind;
  final List<StateBuilder<S, C, E>> children = new ArrayList<>();
  final List<ArrowSpec<S, C, E>> arrows = new ArrayList<>();
  final Actions<S, C, E, @Nullable E> onEntry = new Actions<>();
  final Actions<S, C, E, @Nullable E> onExit = new Actions<>();
  final Actions<S, C, E, @Nullable E> onInitial = new Actions<>();
  final List<S> initial = new ArrayList<>();
  final List<AfterSpec<C>> afters = new ArrayList<>();
  private int unnamedAfters;
  final List<ActivitySpec<C>> activities = new ArrayList<>();
  final List<String> tags = new ArrayList<>();
  @Nullable String description;
  @Nullable Function<? super C, ? extends @Nullable Object> output;

  Scope(@Nullable S id, Kind kind) {
    this.id = id;
    this.kind = kind;
  }

  abstract B self();

  /**
   * The states entered when this one is entered without saying which: a child, or states further
   * down, or several in different regions. A state with children must say it; a parallel one must
   * not, for it enters all.
   */
  @SafeVarargs
  public final B initial(S... states) {
    for (S state : states) {
      initial.add(state);
    }
    return self();
  }

  /**
   * What to do when {@link #initial} is followed: after this state's entry, before its children's.
   */
  public final B onInitial(Consumer<Actions<S, C, E, @Nullable E>> actions) {
    actions.accept(onInitial);
    return self();
  }

  /** Declares a child state. It is compound if it declares children itself. */
  public final B state(S id, Consumer<StateBuilder<S, C, E>> state) {
    return child(new StateBuilder<>(id, Kind.ATOMIC), state);
  }

  /** Declares a child state with nothing in it. */
  public final B state(S id) {
    return state(id, state -> {});
  }

  /** Declares a child state whose children are regions: all are active while it is. */
  public final B parallel(S id, Consumer<StateBuilder<S, C, E>> state) {
    return child(new StateBuilder<>(id, Kind.PARALLEL), state);
  }

  /**
   * Declares a final state: entering it completes its parent, whose {@code onDone} is then taken.
   * At the top level it ends the machine: timers are cancelled, activities stopped, no event is
   * taken any more.
   */
  public final B finalState(S id, Consumer<StateBuilder<S, C, E>> state) {
    return child(new StateBuilder<>(id, Kind.FINAL), state);
  }

  /** Declares a final state without actions or output. */
  public final B finalState(S id) {
    return finalState(id, state -> {});
  }

  /** Declares a history state of this one. */
  public final B history(S id, Consumer<HistoryBuilder<S, C, E>> history) {
    HistoryBuilder<S, C, E> builder = new HistoryBuilder<>();
    history.accept(builder);
    return child(
        new StateBuilder<>(id, builder.deep ? Kind.DEEP_HISTORY : Kind.SHALLOW_HISTORY),
        state -> {
          state.initial.addAll(builder.initial);
          state.onInitial.actions.addAll(builder.onInitial.actions);
          state.onInitial.asked.addAll(builder.onInitial.asked);
        });
  }

  /** Declares a shallow history state that defaults to this state's initial states. */
  public final B history(S id) {
    return history(id, history -> {});
  }

  /** Taken on an event of class {@code event} or of a subclass of it. */
  public final <X extends E> B on(
      Class<X> event, Consumer<TransitionBuilder<S, C, E, X>> transition) {
    return arrow(Transition.Trigger.EVENT, event.getSimpleName(), event, null, transition);
  }

  /** Taken on any event that no transition written before it in this state takes. */
  public final B onAny(Consumer<TransitionBuilder<S, C, E, E>> transition) {
    return arrow(Transition.Trigger.ANY, "any event", null, null, transition);
  }

  /**
   * Refuses events of these classes in this state, whatever the states around it say: they are not
   * taken. Document order counts here too: a transition written before it comes first.
   */
  @SafeVarargs
  public final B forbid(Class<? extends E>... events) {
    for (Class<? extends E> event : events) {
      this.<E>arrow(Transition.Trigger.FORBIDDEN, event.getSimpleName(), event, null, t -> {});
    }
    return self();
  }

  /**
   * Taken without an event, as soon as its guards pass: asked whenever something was taken, before
   * raised events.
   */
  public final B always(Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return arrow(Transition.Trigger.ALWAYS, "always", null, null, transition);
  }

  /**
   * Taken when this state has been active for {@code delay}. Entering starts a timer, leaving
   * cancels it.
   *
   * <p><b>Limit.</b> {@code delay} must be zero or more; also for zero the runner must fire the
   * timer.
   */
  public final B after(
      Duration delay, Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return after(unnamed(), delay, (context, now) -> delay, transition);
  }

  /**
   * As {@link #after(Duration, Consumer)}, under a name: by it a later release knows a pending one
   * again, wherever it stands. One without a name is known by its place among those without.
   */
  public final B after(
      String name, Duration delay, Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return after(AfterSpec.slot(name), delay, (context, now) -> delay, transition);
  }

  /**
   * Taken when this state has been active for the delay computed on entry, after the entry actions.
   */
  public final B after(
      Function<? super C, Duration> delay,
      Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return after(unnamed(), null, (context, now) -> delay.apply(context), transition);
  }

  /** As {@link #after(Function, Consumer)}, computed with the time of entry: for deadlines. */
  public final B after(
      BiFunction<? super C, Instant, Duration> delay,
      Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return after(unnamed(), null, delay, transition);
  }

  /** As {@link #after(BiFunction, Consumer)}, under a name. */
  public final B after(
      String name,
      BiFunction<? super C, Instant, Duration> delay,
      Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    return after(AfterSpec.slot(name), null, delay, transition);
  }

  private String unnamed() {
    return AfterSpec.slot(unnamedAfters++);
  }

  private B after(
      String slot,
      @Nullable Duration fixed,
      BiFunction<? super C, Instant, Duration> delay,
      Consumer<TransitionBuilder<S, C, E, @Nullable E>> transition) {
    AfterSpec<C> after = new AfterSpec<>(slot, fixed, delay);
    afters.add(after);
    return arrow(Transition.Trigger.AFTER, after.label(), null, after, transition);
  }

  /**
   * Taken when this state completes: its final child was entered or, if it is parallel, all its
   * regions have completed. Given is the output of the final child; null if there is none, and for
   * a parallel state.
   */
  public final B onDone(Consumer<TransitionBuilder<S, C, E, @Nullable Object>> transition) {
    ArrowSpec.DoneOf<S> key = new ArrowSpec.DoneOf<>(null);
    return arrow(Transition.Trigger.DONE, "done", null, key, transition);
  }

  /** Taken, in this state, when {@code completed} completes. */
  public final B onDone(
      S completed, Consumer<TransitionBuilder<S, C, E, @Nullable Object>> transition) {
    ArrowSpec.DoneOf<S> key = new ArrowSpec.DoneOf<>(completed);
    return arrow(Transition.Trigger.DONE, "done " + completed, null, key, transition);
  }

  /**
   * What to do when this state is entered, before its timers and activities start and its children
   * are entered.
   */
  public final B onEntry(Consumer<Actions<S, C, E, @Nullable E>> actions) {
    actions.accept(onEntry);
    return self();
  }

  /**
   * What to do when this state is left, after its children were left, before its timers and
   * activities stop.
   */
  public final B onExit(Consumer<Actions<S, C, E, @Nullable E>> actions) {
    actions.accept(onExit);
    return self();
  }

  /**
   * Starts the activity {@code name} on entry with the input computed then, and stops it on exit.
   * Its result comes back through {@link Machine#done} or {@link Machine#failed}; once the state
   * has been left, it is void.
   */
  public final B invoke(
      String name, Function<? super C, ?> input, Consumer<ActivityBuilder<S, C, E>> activity) {
    ActivityBuilder<S, C, E> builder = new ActivityBuilder<>(this, name, input);
    activities.add(builder.spec);
    activity.accept(builder);
    return self();
  }

  /** Labels that {@link Machine#hasTag} finds while this state is active. */
  public final B tag(String... labels) {
    tags.addAll(Arrays.asList(labels));
    return self();
  }

  /** Says what the state is for; shown in pictures. */
  public final B description(String text) {
    description = text;
    return self();
  }

  final <R extends @Nullable Object> void result(
      ActivitySpec<C> spec,
      @Nullable Class<?> type,
      Consumer<TransitionBuilder<S, C, E, R>> transition) {
    String label = spec.name + " done";
    arrow(Transition.Trigger.ACTIVITY_DONE, label, type, spec.doneKey, transition);
  }

  final void failure(
      ActivitySpec<C> spec, Consumer<TransitionBuilder<S, C, E, Failure>> transition) {
    String label = spec.name + " failed";
    arrow(Transition.Trigger.ACTIVITY_FAILED, label, null, spec.errorKey, transition);
  }

  private <X extends @Nullable Object> B arrow(
      Transition.Trigger trigger,
      String label,
      @Nullable Class<?> type,
      @Nullable Object key,
      Consumer<TransitionBuilder<S, C, E, X>> transition) {
    TransitionBuilder<S, C, E, X> body = new TransitionBuilder<>();
    transition.accept(body);
    arrows.add(new ArrowSpec<>(trigger, label, type, key, body));
    return self();
  }

  private B child(StateBuilder<S, C, E> builder, Consumer<StateBuilder<S, C, E>> state) {
    state.accept(builder);
    if (!builder.children.isEmpty() && builder.kind == Kind.ATOMIC) {
      builder.kind = Kind.COMPOUND;
    }
    children.add(builder);
    return self();
  }
}
