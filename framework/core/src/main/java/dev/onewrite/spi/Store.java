package dev.onewrite.spi;

/**
 * Where everything durable lives. A custom store implements this and {@link StoreProvider}, and
 * runs {@code StoreContract} of the testkit as its test.
 */
public interface Store extends AutoCloseable {

  /** One line for the start: which store, where, and what a commit is worth. */
  String description();

  /** Whether what is committed survives the process; {@code false} makes the node warn at start. */
  boolean survivesRestart();

  /**
   * Whether several nodes may work on it at once, each with a {@code Store} of its own. A cluster
   * refuses to start on one that is not.
   */
  default boolean shared() {
    return false;
  }

  Journal journal();

  Snapshots snapshots();

  Tail tail();

  Offsets offsets();

  Timers timers();

  /** Everything in it, listed for tools. */
  Contents contents();

  SetAside setAside();

  /**
   * Calls {@code listener} after each commit of journal rows, on the committing thread: it must
   * return at once.
   *
   * @return ends it
   */
  AutoCloseable onCommit(Runnable listener);

  /** Writes what was handed in and is still waiting, then lets go of everything. */
  @Override
  void close();
}
