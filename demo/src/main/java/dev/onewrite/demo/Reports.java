package dev.onewrite.demo;

import java.io.PrintStream;

/** The way back to the driver. One line at a time, from any thread. */
final class Reports {

  private final PrintStream out;

  Reports(PrintStream out) {
    this.out = out;
  }

  synchronized void send(Report report) {
    out.println(Wire.line(report));
    out.flush();
  }
}
