package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;

/** What all pictures of a chart say in the same words. */
final class Pictures {
  private Pictures() {}

  static <S, C> List<Arrow<S, C>> arrows(Node<S, C> node) {
    List<Arrow<S, C>> arrows = new ArrayList<>(node.onEvent);
    arrows.addAll(node.always);
    arrows.addAll(node.keyed);
    return arrows;
  }

  static String title(Node<?, ?> node) {
    return node.description == null ? node.name : node.name + ": " + node.description;
  }

  /** {@code SaveStarted [valid] (why)}: trigger, guard, description. */
  static String label(Arrow<?, ?> arrow) {
    Transition<?, ?> shown = arrow.shown;
    return (arrow.forbidden ? "never " : "")
        + shown.label()
        + (shown.guard() == null ? "" : " [" + shown.guard() + "]")
        + (shown.description() == null ? "" : " (" + shown.description() + ")");
  }
}
