package dev.onewrite.machine;

import org.jspecify.annotations.Nullable;

/**
 * A chart in Graphviz's language: states with children are clusters, and edges end at a cluster's
 * border.
 */
final class Dot<S, C> {
  private final Chart<S, C> chart;
  private final long @Nullable [] active;
  private final StringBuilder out = new StringBuilder();

  Dot(Chart<S, C> chart, long @Nullable [] active) {
    this.chart = chart;
    this.active = active;
  }

  String draw() {
    out.append("digraph ").append(quoted(chart.id)).append(" {\n");
    out.append("  compound=true; rankdir=LR;\n");
    out.append("  node [shape=box, style=\"rounded,filled\", fillcolor=white];\n");
    inside(chart.root(), "  ");
    for (Node<S, C> node : chart.nodes) {
      for (Arrow<S, C> arrow : Pictures.arrows(node)) {
        arrow.targets.forEach(target -> edge(node, target, Pictures.label(arrow)));
        if (arrow.targets.isEmpty()) {
          edge(node, node, Pictures.label(arrow));
        }
      }
    }
    return out.append("}\n").toString();
  }

  private void inside(Node<S, C> node, String indent) {
    if (node.kind == Kind.COMPOUND || node.parent == null) {
      String start = "start" + node.index;
      out.append(indent).append(start).append(" [shape=point, width=0.15, fillcolor=black];\n");
      for (Node<S, C> target : node.initial) {
        out.append(indent)
            .append(start)
            .append(" -> ")
            .append(anchor(target))
            .append(head(target, ""))
            .append(";\n");
      }
    }
    for (Node<S, C> history : node.histories) {
      String label = history.kind == Kind.DEEP_HISTORY ? "H*" : "H";
      out.append(indent)
          .append(anchor(history))
          .append(" [shape=circle, label=")
          .append(quoted(label))
          .append("];\n");
    }
    for (Node<S, C> child : node.children) {
      if (child.isLeaf()) {
        leaf(child, indent);
      } else {
        cluster(child, indent);
      }
    }
  }

  private void leaf(Node<S, C> node, String indent) {
    out.append(indent).append(anchor(node)).append(" [label=").append(quoted(Pictures.title(node)));
    out.append(node.kind == Kind.FINAL ? ", peripheries=2" : "");
    out.append(lit(node) ? ", fillcolor=\"#ffe08a\", penwidth=2" : "").append("];\n");
  }

  private void cluster(Node<S, C> node, String indent) {
    out.append(indent).append("subgraph cluster_").append(node.index).append(" {\n");
    out.append(indent).append("  label=").append(quoted(Pictures.title(node)));
    boolean region = node.parent != null && node.parent.kind == Kind.PARALLEL;
    out.append("; style=").append(quoted(region ? "rounded,dashed" : "rounded"));
    out.append(lit(node) ? "; color=\"#8a5a00\"; penwidth=2" : "").append(";\n");
    inside(node, indent + "  ");
    out.append(indent).append("}\n");
  }

  private boolean lit(Node<S, C> node) {
    return active != null && Bits.has(active, node.index);
  }

  private void edge(Node<S, C> from, Node<S, C> to, String label) {
    out.append("  ").append(anchor(from)).append(" -> ").append(anchor(to));
    String tail = from.parent != null && !isPoint(from) ? ", ltail=cluster_" + from.index : "";
    out.append(head(to, ", label=" + quoted(label) + tail)).append(";\n");
  }

  private static String head(Node<?, ?> to, String attributes) {
    String head = isPoint(to) || to.parent == null ? "" : ", lhead=cluster_" + to.index;
    String all = head + attributes;
    return all.isEmpty() ? "" : " [" + all.substring(2) + "]";
  }

  private static boolean isPoint(Node<?, ?> node) {
    return node.isLeaf() || node.kind.isHistory();
  }

  /** The drawn node that stands for a state: itself, or the first one inside it. */
  private static String anchor(Node<?, ?> node) {
    if (isPoint(node)) {
      return "n" + node.index;
    }
    return node.kind == Kind.COMPOUND || node.parent == null
        ? "start" + node.index
        : anchor(node.children.get(0));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
