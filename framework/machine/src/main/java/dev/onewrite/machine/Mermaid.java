package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chart as a Mermaid {@code stateDiagram-v2}. Each transition is written inside the innermost
 * state that holds both its ends, as Mermaid wants it; those without a target are lines of text in
 * their state.
 */
final class Mermaid<S, C> {
  private static final Set<String> RESERVED =
      Set.of(
          "state",
          "note",
          "end",
          "direction",
          "class",
          "classdef",
          "style",
          "as",
          "click",
          "default",
          "active");

  private final Chart<S, C> chart;
  private final long @Nullable [] active;
  private final StringBuilder out = new StringBuilder("stateDiagram-v2\n");

  Mermaid(Chart<S, C> chart, long @Nullable [] active) {
    this.chart = chart;
    this.active = active;
  }

  String draw() {
    inside(chart.root(), "  ");
    if (active != null) {
      out.append("  classDef active fill:#ffe08a,stroke:#8a5a00,stroke-width:2px\n");
      for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
        if (chart.nodes.get(i).isLeaf()) {
          out.append("  class ").append(key(chart.nodes.get(i))).append(" active\n");
        }
      }
    }
    return out.toString();
  }

  private void inside(Node<S, C> node, String indent) {
    for (Node<S, C> history : node.histories) {
      String label = history.kind == Kind.DEEP_HISTORY ? "H*" : "H";
      out.append(indent)
          .append("state \"")
          .append(label)
          .append("\" as ")
          .append(key(history))
          .append('\n');
    }
    if (node.kind == Kind.COMPOUND) {
      arrow(indent, "[*]", node.initial, "");
    }
    boolean first = true;
    for (Node<S, C> child : node.children) {
      if (!first && node.kind == Kind.PARALLEL) {
        out.append(indent).append("--\n");
      }
      first = false;
      state(child, indent);
    }
    for (Arrow<S, C> arrow : arrows()) {
      if (!arrow.targets.isEmpty() && scope(arrow) == node) {
        arrow(indent, key(arrow.source), arrow.targets, Pictures.label(arrow));
      }
    }
  }

  private void state(Node<S, C> node, String indent) {
    String key = key(node);
    out.append(indent).append("state ");
    if (!key.equals(node.name) || node.description != null) {
      out.append('"').append(text(Pictures.title(node))).append("\" as ");
    }
    out.append(key);
    if (node.isLeaf()) {
      out.append('\n');
    } else {
      out.append(" {\n");
      inside(node, indent + "  ");
      out.append(indent).append("}\n");
    }
    for (Arrow<S, C> arrow : arrows()) {
      if (arrow.source == node && arrow.targets.isEmpty()) {
        out.append(indent)
            .append(key)
            .append(" : ")
            .append(text(Pictures.label(arrow)))
            .append('\n');
      }
    }
    if (node.kind == Kind.FINAL) {
      out.append(indent).append(key).append(" --> [*]\n");
    }
  }

  private void arrow(String indent, String from, List<Node<S, C>> targets, String label) {
    for (Node<S, C> target : targets) {
      out.append(indent).append(from).append(" --> ").append(key(target));
      out.append(label.isEmpty() ? "" : " : " + text(label)).append('\n');
    }
  }

  private List<Arrow<S, C>> arrows() {
    List<Arrow<S, C>> arrows = new ArrayList<>();
    chart.nodes.forEach(node -> arrows.addAll(Pictures.arrows(node)));
    return arrows;
  }

  private Node<S, C> scope(Arrow<S, C> arrow) {
    Node<S, C> scope = arrow.source.parent;
    for (Node<S, C> outer = scope; outer != null; outer = outer.parent) {
      Node<S, C> holder = outer;
      if (arrow.targets.stream().allMatch(target -> target.isInside(holder))) {
        return holder;
      }
    }
    return chart.root();
  }

  private String key(Node<S, C> node) {
    if (node.parent == null) {
      return "anywhere";
    }
    boolean plain = node.name.matches("[A-Za-z][A-Za-z0-9_]*") && !node.name.equals("anywhere");
    boolean free = !RESERVED.contains(node.name.toLowerCase(Locale.ROOT));
    return plain && free ? node.name : "s" + node.index + "_";
  }

  /** Mermaid ends a label at a line break or a semicolon and a title at a quote. */
  private static String text(String label) {
    return label.replace('"', '\'').replace('\n', ' ').replace(";", "#59;");
  }
}
