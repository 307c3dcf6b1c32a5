package dev.onewrite.internal.pekko;

import dev.onewrite.internal.engine.EntityState;
import dev.onewrite.journal.StoredState;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** An entity's state as its snapshots hold it. */
record StatesStored<S, C, E>(Supplier<EntityState<S, C, E>> empty)
    implements SnapshotAdapter<EntityState<S, C, E>> {

  @Override
  public Object toJournal(EntityState<S, C, E> state) {
    return state.stored();
  }

  @Override
  public EntityState<S, C, E> fromJournal(Object from) {
    EntityState<S, C, E> state = empty.get();
    state.restore((StoredState) from);
    return state;
  }
}
