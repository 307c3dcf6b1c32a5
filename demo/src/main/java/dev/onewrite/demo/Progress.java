package dev.onewrite.demo;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** What the driver is doing, while it does: one line that changes, or a line each second. */
final class Progress {

  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long shown = started - LINE_NANOS;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Shows how far it is; most calls show nothing, so that it may be called often. */
  void show(String state) {
    long now = System.nanoTime();
    if (now - shown < (terminal ? TERMINAL_NANOS : LINE_NANOS)) {
      return;
    }
    shown = now;
    String line = "%5.1f s  %s".formatted(seconds(), state);
    if (terminal) {
      out.print(ERASE + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Says something that stays. */
  void say(String line) {
    out.println((terminal ? ERASE : "") + line);
    out.flush();
  }
}
