package dev.onewrite.internal.memory;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Backlog;
import dev.onewrite.spi.Deferred;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.Rules;
import dev.onewrite.spi.Sequence;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.SetAsideRow;
import dev.onewrite.spi.SetAsideRow.Discard;
import dev.onewrite.spi.SetAsideRow.State;
import dev.onewrite.spi.Sight;
import dev.onewrite.spi.Stable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules as they are, over a map: what the other stores' tests compare with. */
final class MemorySetAside implements SetAside {

  private static final Comparator<Sequence> BY_ENTITIES =
      Comparator.comparing((Sequence sequence) -> sequence.sender().persistenceId())
          .thenComparing(sequence -> sequence.receiver().persistenceId());

  private final MemoryStore store;
  private final MemoryOffsets offsets;
  private final Map<Source, Map<SetAsideRow.Key, SetAsideRow>> rows = new HashMap<>();

  /** Whose rows stand together. */
  private record Source(String group, Address sender) {
    static Source of(Sequence sequence) {
      return new Source(sequence.group(), sequence.sender());
    }
  }

  /** The lock of {@code offsets} is the transaction: floor and rows change one after the other. */
  MemorySetAside(MemoryStore store, MemoryOffsets offsets) {
    this.store = store;
    this.offsets = offsets;
  }

  /** All rows of any state, in no order. */
  List<SetAsideRow> listed() {
    return alone(() -> all().toList());
  }

  @Override
  public Placed place(SetAsideRow outgoing, Placed.Wish wish) {
    return alone(
        () -> {
          Position floor = offsets.floor(outgoing.sequence().group());
          Sight sight = Sight.of(floor, of(outgoing.sequence()).toList(), outgoing);
          Placed.Step step = Rules.OURS.place(sight, outgoing.origin(), wish);
          Map<SetAsideRow.Key, SetAsideRow> ofSender = rows.get(Source.of(outgoing.sequence()));
          SetAsideRow own = ofSender == null ? null : ofSender.get(outgoing.key());
          if (step.inserts()) {
            own = own == null ? outgoing : outgoing.after(outgoing.attempts().or(own.attempts()));
            own = own.in(step == Placed.Step.PARK ? State.PARKED : State.DEFERRED);
            put(own);
          }
          return seen(step, own, outgoing.sequence());
        });
  }

  private Placed seen(Placed.Step step, @Nullable SetAsideRow own, Sequence sequence) {
    Collection<SetAsideRow> left = rows.getOrDefault(Source.of(sequence), Map.of()).values();
    if (left.stream().anyMatch(row -> row.state() != State.DISCARDED)) {
      return new Placed(step, own, true);
    }
    Position last =
        left.stream().map(SetAsideRow::origin).reduce(Position.START, Position::greatest);
    return new Placed(step, own, false, last);
  }

  @Override
  public void note(SetAsideRow failing) {
    alone(
        () -> {
          boolean unknown =
              of(failing.sequence())
                  .filter(row -> row.key().equals(failing.key()))
                  .allMatch(row -> row.state() == State.FAILING);
          if (unknown) {
            put(failing.in(State.FAILING));
          }
          return unknown;
        });
  }

  @Override
  public void forget(SetAsideRow.Key key) {
    alone(() -> remove(row -> row.key().equals(key) && row.state() == State.FAILING));
  }

  private int remove(Predicate<SetAsideRow> over) {
    int before = size();
    rows.values().forEach(ofSender -> ofSender.values().removeIf(over));
    rows.values().removeIf(Map::isEmpty);
    return before - size();
  }

  private int size() {
    return rows.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public Set<String> senders(String group, SliceRange slices, int max) {
    return alone(
        () ->
            ofGroup(group, slices, row -> true)
                .map(row -> row.sequence().sender().persistenceId())
                .distinct()
                .limit(max)
                .collect(Collectors.toSet()));
  }

  @Override
  public Stable stable(String group) {
    return alone(
        () -> {
          Map<Address, Position> holds = new HashMap<>();
          ofGroup(group, SliceRange.ALL, row -> row.state() == State.DEFERRED)
              .forEach(row -> holds.merge(row.sequence().receiver(), row.hold(), Position::least));
          return new Stable(offsets.floor(group), holds, null);
        });
  }

  @Override
  public int clean(String group) {
    return alone(
        () -> {
          Position floor = offsets.floor(group);
          return remove(
              row -> row.sequence().group().equals(group) && Rules.OURS.isOver(row, floor));
        });
  }

  @Override
  public List<Deferred> deferred(
      String group, SliceRange slices, @Nullable Deferred after, int max) {
    return alone(
        () ->
            ofGroup(group, slices, row -> row.state() == State.DEFERRED)
                .map(SetAsideRow::sequence)
                .distinct()
                .filter(one -> after == null || BY_ENTITIES.compare(one, after.sequence()) > 0)
                .sorted(BY_ENTITIES)
                .limit(max)
                .map(Deferred::of)
                .toList());
  }

  @Override
  public Optional<SetAsideRow> next(Sequence sequence) {
    return alone(
        () -> {
          Optional<SetAsideRow> first = Rules.OURS.firstOpen(of(sequence).toList());
          Rules.Retry retry = Rules.OURS.retry(first.map(SetAsideRow::state));
          if (retry == Rules.Retry.PARK_BEHIND) {
            of(sequence, State.DEFERRED).forEach(row -> put(row.in(State.PARKED)));
          }
          return retry == Rules.Retry.DELIVER ? first : Optional.empty();
        });
  }

  @Override
  public boolean advance(SetAsideRow to) {
    return alone(
        () -> {
          boolean meant = find(to.key()).filter(now -> Rules.OURS.stillMeant(now, to)).isPresent();
          if (meant) {
            put(to);
          }
          return meant;
        });
  }

  @Override
  public List<Backlog> backlogs(Backlog.Filter which, int max) {
    return alone(
        () -> {
          Map<Sequence, List<SetAsideRow>> open =
              all()
                  .filter(row -> row.state().blocks())
                  .collect(Collectors.groupingBy(SetAsideRow::sequence));
          return open.entrySet().stream()
              .sorted(
                  Map.Entry.comparingByKey(
                      Comparator.comparing(Sequence::group).thenComparing(BY_ENTITIES)))
              .map(entry -> backlog(entry.getKey(), entry.getValue()))
              .filter(which::takes)
              .limit(max)
              .toList();
        });
  }

  private static Backlog backlog(Sequence sequence, List<SetAsideRow> open) {
    long parked = open.stream().filter(row -> row.state() == State.PARKED).count();
    SetAsideRow first = open.stream().min(SetAsideRow.EMISSION).orElseThrow();
    return new Backlog(sequence, first, parked, open.size() - parked);
  }

  @Override
  public List<SetAsideRow> rows(Sequence sequence, int max) {
    return alone(
        () ->
            of(sequence)
                .filter(row -> row.state() != State.FAILING)
                .sorted(SetAsideRow.EMISSION)
                .limit(max)
                .toList());
  }

  @Override
  public List<SetAsideRow> find(UUID id) {
    return alone(
        () ->
            all()
                .filter(row -> row.id().equals(id) && row.state() != State.FAILING)
                .sorted(Comparator.comparing(SetAsideRow::sequence, BY_ENTITIES))
                .toList());
  }

  @Override
  public int redrive(Sequence sequence) {
    return alone(
        () -> {
          Position floor = offsets.floor(sequence.group());
          List<SetAsideRow> parked = of(sequence, State.PARKED);
          parked.forEach(row -> put(Rules.OURS.redriven(row, floor)));
          return parked.size();
        });
  }

  @Override
  public Optional<State> discard(SetAsideRow.Key key, Discard discard) {
    return alone(
        () -> {
          Optional<SetAsideRow> known = find(key);
          known
              .filter(row -> Rules.OURS.isDiscardable(row.state()))
              .ifPresent(row -> put(row.discarded(discard)));
          return known.map(SetAsideRow::state);
        });
  }

  private <T> T alone(Supplier<T> transaction) {
    synchronized (offsets) {
      store.refuseIfClosed();
      return transaction.get();
    }
  }

  private void put(SetAsideRow row) {
    rows.computeIfAbsent(Source.of(row.sequence()), source -> new HashMap<>()).put(row.key(), row);
  }

  private Stream<SetAsideRow> all() {
    return rows.values().stream().flatMap(ofSender -> ofSender.values().stream());
  }

  private Optional<SetAsideRow> find(SetAsideRow.Key key) {
    return all().filter(row -> row.key().equals(key)).findAny();
  }

  private Stream<SetAsideRow> of(Sequence sequence) {
    return rows.getOrDefault(Source.of(sequence), Map.of()).values().stream()
        .filter(row -> row.sequence().equals(sequence));
  }

  private List<SetAsideRow> of(Sequence sequence, State state) {
    return of(sequence).filter(row -> row.state() == state).toList();
  }

  private Stream<SetAsideRow> ofGroup(
      String group, SliceRange slices, Predicate<SetAsideRow> wanted) {
    return all()
        .filter(row -> row.sequence().group().equals(group))
        .filter(row -> slices.contains(sliceOf(row)))
        .filter(wanted);
  }

  private static int sliceOf(SetAsideRow row) {
    return SliceRange.sliceOf(row.sequence().sender().persistenceId());
  }
}
