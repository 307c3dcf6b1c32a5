package dev.onewrite.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot without its context, as plain data to store: the stable form. {@link
 * Snapshot#recorded()} makes it, {@link Machine#restore} reads it, also years and releases later.
 *
 * <pre>
 *   Recorded
 *   ├─ machine        the machine's id
 *   ├─ version        of the definition that made it
 *   ├─ configuration  active leaf states, document order; their ancestors follow from them
 *   ├─ history        history state → what it remembers: leaves if deep, children if shallow
 *   ├─ timers         0..n  pending: id, state?, slot, event?
 *   ├─ activities     0..n  running: id, state, name
 *   ├─ entries        how many unique ids were given out so far
 *   └─ done, output?  whether a top-level final state was reached, and what it returned
 * </pre>
 *
 * <p>All state ids are texts: the enum constant's name, or the string itself. The only objects that
 * are not texts or numbers are the context (stored beside this), the events of delayed raises and
 * the output: the caller's own types.
 */
public record Recorded(
    String machine,
    int version,
    List<String> configuration,
    Map<String, List<String>> history,
    List<Timer> timers,
    List<Activity> activities,
    long entries,
    boolean done,
    @Nullable Object output) {

  public Recorded {
    Objects.requireNonNull(machine, "machine");
    configuration = List.copyOf(configuration);
    history = Collections.unmodifiableMap(copy(history));
    timers = List.copyOf(timers);
    activities = List.copyOf(activities);
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> history) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    history.forEach((state, remembered) -> copy.put(state, List.copyOf(remembered)));
    return copy;
  }

  /**
   * A pending timer.
   *
   * @param state the state that waits, or null for a delayed raise, which belongs to the whole
   *     machine
   * @param slot which timer of that state ({@code after-0}, {@code save/timeout}), or the raise's
   *     name
   * @param event the event a delayed raise will raise, else null
   */
  public record Timer(String id, @Nullable String state, String slot, @Nullable Object event) {}

  /** A running activity of a state. */
  public record Activity(String id, String state, String name) {}
}
