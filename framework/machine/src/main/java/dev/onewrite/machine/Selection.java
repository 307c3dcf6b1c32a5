package dev.onewrite.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which transitions a microstep takes.
 *
 * <p>Each active leaf, in document order, asks itself and then the states around it for the first
 * transition that accepts the trigger and whose guards pass. Then, among those found:
 *
 * <ul>
 *   <li>one declared inside another's source displaces that other, whether or not it has a target;
 *   <li>otherwise, of two that would leave the same states, the one found first stays.
 * </ul>
 */
final class Selection {
  /**
   * Triggers that are not a particular thing: an event from outside or raised, and no event at all.
   */
  static final Object EVENT = new Object();

  static final Object ALWAYS = new Object();

  private Selection() {}

  static <S, C> List<Arrow<S, C>> select(Run<S, C> run, Object key, @Nullable Object value) {
    Arrow<S, C> first = null;
    List<Arrow<S, C>> several = null;
    long[] active = run.active();
    for (int i = Bits.next(active, 0); i >= 0; i = Bits.next(active, i + 1)) {
      Node<S, C> node = run.chart.nodes.get(i);
      Arrow<S, C> found = node.isLeaf() ? candidate(node, run, key, value) : null;
      if (found == null || found == first) {
        continue;
      }
      if (first == null) {
        first = found;
        continue;
      }
      if (several == null) {
        several = new ArrayList<>();
        several.add(first);
      }
      admit(found, several, run);
    }
    if (several != null) {
      several.removeIf(arrow -> arrow.forbidden);
      return several;
    }
    return first == null || first.forbidden ? List.of() : first.alone;
  }

  private static <S, C> @Nullable Arrow<S, C> candidate(
      Node<S, C> leaf, Run<S, C> run, Object key, @Nullable Object value) {
    for (Node<S, C> node = leaf; node != null; node = node.parent) {
      List<Arrow<S, C>> arrows =
          key == EVENT ? node.onEvent : key == ALWAYS ? node.always : node.keyed;
      for (int i = 0; i < arrows.size(); i++) {
        Arrow<S, C> arrow = arrows.get(i);
        if ((arrow.key == null || arrow.key == key)
            && arrow.accepts(value)
            && passes(arrow, run, value)) {
          return arrow;
        }
      }
    }
    return null;
  }

  private static <S, C> boolean passes(Arrow<S, C> arrow, Run<S, C> run, @Nullable Object value) {
    List<Guard<S, C>> guards = arrow.guards;
    for (int i = 0; i < guards.size(); i++) {
      if (!guards.get(i).test().passes(run.context(), value, run)) {
        return false;
      }
    }
    return true;
  }

  private static <S, C> void admit(Arrow<S, C> found, List<Arrow<S, C>> chosen, Run<S, C> run) {
    List<Arrow<S, C>> displaced = new ArrayList<>();
    for (Arrow<S, C> other : chosen) {
      if (found.source.isInside(other.source)) {
        displaced.add(other);
      } else if (other == found
          || other.source.isInside(found.source)
          || leaveTheSame(other, found, run)) {
        return;
      }
    }
    chosen.removeAll(displaced);
    chosen.add(found);
  }

  /**
   * Domains are subtrees: they share states only if one holds the other, and then the inner one's
   * are all shared.
   */
  private static <S, C> boolean leaveTheSame(Arrow<S, C> one, Arrow<S, C> other, Run<S, C> run) {
    Node<S, C> left = run.root(one);
    Node<S, C> right = run.root(other);
    return left != null
        && right != null
        && (left == right || left.isInside(right) || right.isInside(left));
  }
}
