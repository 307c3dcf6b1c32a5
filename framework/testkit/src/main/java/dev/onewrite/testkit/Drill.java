package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.journal.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What a scenario does with the process that may die at any moment. Its calls go through deaths: a
 * client whose call was cut off makes it again with the same request id, and what was under way is
 * under way again.
 */
public final class Drill {

  static final String OBSERVED = "observed ";

  /** Attempts at a delivery, or a result, whose turn fails. */
  private static final int ATTEMPTS_MAX = 3;

  /** 10,000. Components that answer each other for ever would never settle. */
  private static final int TURNS_MAX = 10_000;

  private final Passing passing;
  private final Story story;
  private final Map<String, Object> replies = new LinkedHashMap<>();
  private final Map<String, Object> observed = new LinkedHashMap<>();
  private @Nullable OneProcess process;
  private int requests;

  Drill(Passing passing, Story story) {
    this.passing = passing;
    this.story = story;
  }

  /**
   * Starts the process, first of all.
   *
   * @param components made anew at each start: what they hold besides the journal dies with them
   */
  public void start(Supplier<? extends List<Component<?>>> components) {
    if (process != null) {
      throw Misuse.of("the scenario starts the process twice");
    }
    process = new OneProcess(components, new Taken(), passing, story);
  }

  /** Starts the process with these components, which hold nothing that a death should take. */
  public void start(Component<?>... components) {
    List<Component<?>> all = List.of(components);
    start(() -> all);
  }

  /** A request from outside, made again until it is answered. */
  public <M> void request(Component<M> component, String entityId, M message) {
    request(new Address(component.name(), entityId), message);
  }

  /** A request from outside, made again until it is answered. */
  public void request(Address to, Object message) {
    requested(to, message);
  }

  /** A request from outside, made again until it is answered, and its reply. */
  public <R> R ask(Address to, Object message, Class<R> reply) {
    Payload payload = requested(to, message).reply();
    if (payload == null) {
      throw new AssertionFailedError(message + " at " + to + " got no reply");
    }
    return process().bench().payloads().decodeExpected(payload, reply);
  }

  private Turned requested(Address to, Object message) {
    String requestId = "request-" + ++requests;
    Turned turned = through(() -> process().request(to, requestId, message));
    String name = "reply to " + message + " at " + to + " (" + requestId + ")";
    Throwable failure = turned.failure();
    if (failure != null) {
      replies.put(name, "failed: " + code(failure));
    } else if (turned.reply() != null) {
      replies.put(name, new Unread(turned.reply()));
    } else {
      replies.put(name, "none");
    }
    return turned;
  }

  private static String code(Throwable failure) {
    return failure instanceof OnewriteException known ? known.code() : failure.toString();
  }

  /** Delivers everything, calls what is to be called, until all is quiet. Time stands still. */
  public void settle() {
    Map<String, Integer> failures = new LinkedHashMap<>();
    int turns = 0;
    for (Optional<Worked> worked = work(); worked.isPresent(); worked = work()) {
      Throwable failure = worked.get().turned().failure();
      String what = worked.get().what();
      if (failure != null && failures.merge(what, 1, Integer::sum) == ATTEMPTS_MAX) {
        throw new AssertionFailedError(what + " fails each time: " + failure, failure);
      }
      if (++turns == TURNS_MAX) {
        throw new AssertionFailedError("no end after " + TURNS_MAX + " turns");
      }
    }
  }

  /** Something that was under way, and what came of it. */
  private record Worked(String what, Turned turned) {}

  private Optional<Worked> work() {
    return through(() -> next().map(work -> new Worked(work.toString(), perform(work))));
  }

  private Optional<Object> next() {
    List<Parcel> ready = process().ready();
    if (!ready.isEmpty()) {
      return Optional.of(ready.get(0));
    }
    return process().calls().stream().findFirst().map(call -> call);
  }

  private Turned perform(Object work) {
    return work instanceof Parcel parcel
        ? process().deliver(parcel)
        : process().call((OneProcess.Call) work);
  }

  /** The time passes; timers of all entities fire, each at its time. Nothing is delivered. */
  public void timePasses(Duration duration) {
    Instant until = process().now().plus(duration);
    int turns = 0;
    while (through(() -> process().fireNext(until)).isPresent()) {
      if (++turns == TURNS_MAX) {
        throw new AssertionFailedError("no end after " + TURNS_MAX + " timers");
      }
    }
    process().passTo(until);
  }

  /** Something outside, as it is at this moment: compared with {@code equals}. */
  public void observe(String name, Object value) {
    Object kept = value;
    if (value instanceof List<?> list) {
      kept = List.copyOf(list);
    } else if (value instanceof Set<?> set) {
      kept = Set.copyOf(set);
    } else if (value instanceof Map<?, ?> map) {
      kept = Map.copyOf(map);
    }
    observed.put(OBSERVED + name, kept);
  }

  /** Does it again, in the process started again, until nothing dies of it. */
  private <T> T through(Supplier<T> attempt) {
    while (true) {
      try {
        return attempt.get();
      } catch (Died e) {
        process().restart();
        story.add("the process starts again");
      }
    }
  }

  /**
   * What an entity has come to.
   *
   * @param batches in its journal
   */
  record Entity(long batches, Set<Object> states, Object context) {}

  /** All that a death must not change. */
  Map<String, Object> outcome() {
    Map<String, Object> outcome = new LinkedHashMap<>(replies);
    Map<String, Object> entities = new TreeMap<>(); // whichever was woken first
    for (TestEntity<?, ?, ?> entity : process().bench().entities()) {
      if (!passing.isRepetition()) {
        entity.checkRecovery();
      }
      Turned now = entity.untouched();
      int batches = entity.history().size();
      if (batches > 0) {
        entities.put(entity.self().toString(), new Entity(batches, now.states(), now.context()));
      }
    }
    outcome.putAll(entities);
    outcome.putAll(observed);
    return outcome;
  }

  private OneProcess process() {
    if (process == null) {
      throw Misuse.of("the scenario has to start(...) the process first");
    }
    return process;
  }
}
