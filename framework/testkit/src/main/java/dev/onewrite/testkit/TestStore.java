package dev.onewrite.testkit;

/** Where a test's node keeps its journal. */
public enum TestStore {
  /** In memory: gone when the node is closed, also by {@link TestNode#restart}. */
  MEMORY,
  /** In a directory of the test's own. Needs {@code onewrite-store-sqlite}. */
  SQLITE,
  /**
   * In a database of the test's own, on a server that the tests of a JVM share ({@link
   * dev.onewrite.testkit.postgres.TestPostgres}). Needs {@code onewrite-store-postgres}, and
   * PostgreSQL's binaries or {@code ONEWRITE_TEST_PG_URL}.
   */
  POSTGRES
}
