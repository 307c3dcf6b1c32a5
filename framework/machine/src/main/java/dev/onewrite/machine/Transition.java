package dev.onewrite.machine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transition of the definition, to look at: in {@link Step#transitions()}, in {@link
 * Machine#transitions()}, in reports.
 *
 * @param id unique in its machine and readable: {@code EDITING/SaveStarted}
 * @param source the state that declares it, or null for the machine itself
 * @param trigger what it waits for
 * @param label the trigger in words: the event's simple name, {@code after 30s}, {@code done}
 * @param event the event type, for {@link Trigger#EVENT} and {@link Trigger#FORBIDDEN}, else null
 * @param targets the states it leads to; none for a targetless one
 * @param guard the names of its guards, joined, or null if it has none
 * @param description what the definition says about it, or null
 */
public record Transition<S, E>(
    String id,
    @Nullable S source,
    Trigger trigger,
    String label,
    @Nullable Class<? extends E> event,
    List<S> targets,
    @Nullable String guard,
    @Nullable String description) {

  /** What a transition waits for. */
  public enum Trigger {
    EVENT,
    ANY,
    FORBIDDEN,
    ALWAYS,
    AFTER,
    DONE,
    ACTIVITY_DONE,
    ACTIVITY_FAILED
  }

  public Transition {
    targets = List.copyOf(targets);
  }

  /** The state that declares it; empty if the machine itself does. */
  public Optional<S> from() {
    return Optional.ofNullable(source);
  }

  @Override
  public String toString() {
    return id;
  }
}
