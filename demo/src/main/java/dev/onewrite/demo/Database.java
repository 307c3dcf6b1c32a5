package dev.onewrite.demo;

import java.io.IOException;

/** The database server of a fleet. */
interface Database extends AutoCloseable {

  /** Where it is, for JDBC. */
  String url();

  /** Whether {@link #kill} and {@link #start} are for this run to call. */
  boolean isOurs();

  /** SIGKILL, for all its processes. */
  void kill() throws IOException, InterruptedException;

  /** Starts it again, on what is on its disk. */
  void start() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
