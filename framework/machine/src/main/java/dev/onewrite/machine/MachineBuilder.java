package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole machine: the vocabulary of a state, and what only a machine has: version, evolution,
 * tolerated mistakes.
 */
public final class MachineBuilder<S, C, E> extends Scope<S, C, E, MachineBuilder<S, C, E>> {
  final Set<Mistake.Kind> allowed = EnumSet.noneOf(Mistake.Kind.class);
  final Map<String, S> renamed = new LinkedHashMap<>();
  final Map<Integer, Migration> migrations = new LinkedHashMap<>();
  final List<String> evolutionMistakes = new ArrayList<>();
  @Nullable Class<?> contextType;
  int version = 1;

  /** From the context that one version recorded to what the next one understands. */
  record Migration(Class<?> type, Function<Object, Object> step) {}

  MachineBuilder() {
    super(null, Kind.COMPOUND);
  }

  /**
   * Makes the top level states regions: all are active from the start. The machine is done when all
   * have completed.
   */
  public MachineBuilder<S, C, E> parallel() {
    kind = Kind.PARALLEL;
    return this;
  }

  /**
   * The version of this definition, 1 unless said. Raise it when the context's meaning changes, and
   * {@link #migrate}.
   */
  public MachineBuilder<S, C, E> version(int version) {
    if (version < 1) {
      evolutionMistakes.add("version " + version + ": versions start at 1");
    }
    this.version = version;
    return this;
  }

  /** Reads {@code old}, a state id of some earlier version, as {@code state}. */
  public MachineBuilder<S, C, E> renamed(String old, S state) {
    if (renamed.put(old, state) != null) {
      evolutionMistakes.add("state '" + old + "' is renamed twice");
    }
    return this;
  }

  /**
   * Turns a context that version {@code from} recorded, a {@code type}, into what version {@code
   * from + 1} understands. {@link Machine#restore} runs the needed ones in order; a version without
   * one left the context as it was.
   */
  public <A> MachineBuilder<S, C, E> migrate(int from, Class<A> type, Function<? super A, ?> step) {
    Migration migration = new Migration(type, context -> step.apply(type.cast(context)));
    if (migrations.put(from, migration) != null) {
      evolutionMistakes.add("version " + from + " is migrated twice");
    }
    return this;
  }

  /**
   * Lets {@link Machine#restore} check that a context is a {@code type}, and refuse it at once if
   * it is not.
   */
  public MachineBuilder<S, C, E> contextType(Class<? extends C> type) {
    contextType = type;
    return this;
  }

  /**
   * Tolerates mistakes of these kinds. Kinds that are not {@link Mistake.Kind#tolerable()} are
   * refused all the same.
   */
  public MachineBuilder<S, C, E> allow(Mistake.Kind... kinds) {
    allowed.addAll(Arrays.asList(kinds));
    return this;
  }

  @Override
  MachineBuilder<S, C, E> self() {
    return this;
  }
}
