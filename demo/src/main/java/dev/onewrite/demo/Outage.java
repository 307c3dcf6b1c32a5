package dev.onewrite.demo;

import java.io.IOException;
import java.time.Duration;

/** What happens to a fleet, once. */
sealed interface Outage {

  void strike(Striker striker) throws IOException, InterruptedException;

  /** Whoever carries outages out, and waits until the fleet is whole again. */
  interface Striker {
    void kill(NodeKilled outage) throws IOException, InterruptedException;

    void stall(NodeStalled outage) throws IOException, InterruptedException;

    void killDatabase(DatabaseKilled outage) throws IOException, InterruptedException;

    void replace(NodeReplaced outage) throws IOException, InterruptedException;
  }

  /** A node gets SIGKILL. */
  record NodeKilled(int node) implements Outage {
    @Override
    public void strike(Striker striker) throws IOException, InterruptedException {
      striker.kill(this);
    }
  }

  /** A node gets SIGSTOP, is given up by the others, and gets SIGCONT: a zombie. */
  record NodeStalled(int node, Duration pause) implements Outage {
    @Override
    public void strike(Striker striker) throws IOException, InterruptedException {
      striker.stall(this);
    }
  }

  /** The database server gets SIGKILL, with all its processes, and stays away for a while. */
  record DatabaseKilled(Duration pause) implements Outage {
    @Override
    public void strike(Striker striker) throws IOException, InterruptedException {
      striker.killDatabase(this);
    }
  }

  /** A node gets SIGTERM, leaves in good order, and is started again: one of a rolling restart. */
  record NodeReplaced(int node) implements Outage {
    @Override
    public void strike(Striker striker) throws IOException, InterruptedException {
      striker.replace(this);
    }
  }
}
