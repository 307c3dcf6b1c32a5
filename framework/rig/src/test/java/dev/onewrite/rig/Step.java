package dev.onewrite.rig;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one entity does on one message: the steps it causes at others, and how.
 *
 * @param id unique in a run
 * @param at the entity's id
 * @param bytes how long the text beside it is
 * @param sends go to one address each
 * @param emits those of one layer are one event, each step at its own receiver
 * @param timers of the same entity
 * @param timer the name its timer has, if it comes of one
 * @param delayMillis after how long that timer fires
 * @param calls activities of the same entity; the step is done on the result
 */
record Step(
    String id,
    Layer layer,
    String at,
    Manner manner,
    int bytes,
    List<Step> sends,
    List<Step> emits,
    List<Step> timers,
    String timer,
    long delayMillis,
    List<Step> calls) {

  /** A component each; messages go down only. */
  enum Layer {
    FRONT,
    MIDDLE,
    BACK
  }

  /** How the handler takes it. */
  enum Manner {
    PLAIN,
    /** The machine's guard rejects its event: the batch has the mark and what it sends. */
    GUARDED,
    /** The handler throws the first time it ever sees it. */
    THROWS,
    /** The handler blocks for a moment. */
    SLOW,
    /** A timer that is replaced long before it is due: never done. */
    NEVER,
    /** The handler throws until the program is mended: parked. */
    POISON,
    /** Behind a poisoned one in its sequence: parked with it. */
    BEHIND
  }

  /** This one and all it causes. */
  Stream<Step> all() {
    return Stream.concat(
        Stream.of(this),
        Stream.of(sends, emits, timers, calls).flatMap(List::stream).flatMap(Step::all));
  }

  String entity() {
    return component(layer) + "|" + at;
  }

  static String component(Layer layer) {
    return switch (layer) {
      case FRONT -> "front";
      case MIDDLE -> "middle";
      case BACK -> "back";
    };
  }
}
