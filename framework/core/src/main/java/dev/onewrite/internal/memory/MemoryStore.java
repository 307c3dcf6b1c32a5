package dev.onewrite.internal.memory;

import dev.onewrite.component.RetryableException;
import dev.onewrite.spi.Contents;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.Journal;
import dev.onewrite.spi.Offsets;
import dev.onewrite.spi.SetAside;
import dev.onewrite.spi.Snapshots;
import dev.onewrite.spi.Store;
import dev.onewrite.spi.Tail;
import dev.onewrite.spi.Timers;

/**
 * Everything in this process's memory, which is also its only limit: nothing is ever thrown away. A
 * commit is the moment at which others can see it.
 */
final class MemoryStore implements Store {

  private final MemoryJournal journal;
  private final MemorySnapshots snapshots = new MemorySnapshots(this);
  private final MemoryOffsets offsets = new MemoryOffsets(this);
  private final MemoryTimers timers = new MemoryTimers(this);
  private final MemoryContents contents;
  private final MemorySetAside setAside = new MemorySetAside(this, offsets);
  private volatile boolean closed;

  MemoryStore(Faults faults) {
    this.journal = new MemoryJournal(this, faults);
    this.contents = new MemoryContents(this);
  }

  @Override
  public String description() {
    return "memory: nothing survives this process";
  }

  @Override
  public boolean survivesRestart() {
    return false;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Tail tail() {
    return journal;
  }

  @Override
  public Offsets offsets() {
    return offsets;
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public Contents contents() {
    return contents;
  }

  MemoryContents.Listed listed() {
    return new MemoryContents.Listed(
        journal.all(), snapshots.all(), offsets.groups(), timers.all(), setAside.listed());
  }

  @Override
  public SetAside setAside() {
    return setAside;
  }

  @Override
  public AutoCloseable onCommit(Runnable listener) {
    return journal.onCommit(listener);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Each call of a closed store is refused, so that a test hears of what came too late. */
  void refuseIfClosed() {
    if (closed) {
      throw new RetryableException(
          "OW309", "The memory store is closed, and what was in it is gone. Open another.");
    }
  }
}
