package dev.onewrite.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The nodes of one cluster, each a process of its own. */
final class Fleet implements AutoCloseable {

  private final List<Place> places;
  private final @Nullable App[] apps;
  private final boolean[] ready;
  private int turn;

  /** A signal and the node it came from. */
  record Heard(int node, Signal signal) {}

  Fleet(List<Place> places) {
    this.places = List.copyOf(places);
    this.apps = new App[places.size()];
    this.ready = new boolean[places.size()];
  }

  int size() {
    return places.size();
  }

  String name(int node) {
    return places.get(node).name();
  }

  void start(int node) throws IOException {
    apps[node] = App.start(places.get(node), null);
  }

  App app(int node) {
    App app = apps[node];
    if (app == null) {
      throw new IllegalStateException(name(node) + " does not run");
    }
    return app;
  }

  boolean runs(int node) {
    return apps[node] != null;
  }

  boolean isReady(int node) {
    return ready[node];
  }

  boolean allReady() {
    return IntStream.range(0, size()).allMatch(this::isReady);
  }

  /** The node says that it takes work. */
  void ready(int node) {
    ready[node] = true;
  }

  /** No more work goes there; what it has said is still heard. */
  void avoid(int node) {
    ready[node] = false;
  }

  /** The process has ended. */
  void gone(int node) {
    ready[node] = false;
    apps[node] = null;
  }

  /** A node that takes work, each in its turn. */
  Optional<Integer> next() {
    for (int tried = 0; tried < size(); tried++) {
      turn = (turn + 1) % size();
      if (ready[turn]) {
        return Optional.of(turn);
      }
    }
    return Optional.empty();
  }

  /** All that was said and not heard yet. */
  List<Heard> hear() throws InterruptedException {
    List<Heard> heard = new ArrayList<>();
    for (int node = 0; node < size(); node++) {
      App app = apps[node];
      Optional<Signal> signal = app == null ? Optional.empty() : app.next(1);
      while (app != null && signal.isPresent()) {
        heard.add(new Heard(node, signal.get()));
        signal = app.next(0);
      }
    }
    return heard;
  }

  @Override
  public void close() {
    for (App app : apps) {
      if (app != null) {
        app.close();
      }
    }
  }
}
