package dev.onewrite.demo;

/** The database server of a fleet. */
interface Database extends AutoCloseable {

  /** Where it is, for JDBC. */
  String url();

  /** Whether {@link #kill} and {@link #start} are for this run to call. */
  boolean isOurs();

  /** SIGKILL, for all its processes. */
  void kill();

  /** Starts it again, on what is on its disk. */
  void start();

  @Override
  void close();
}
