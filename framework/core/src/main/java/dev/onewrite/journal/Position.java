package dev.onewrite.journal;

/**
 * A place in the journal's commit order.
 *
 * <pre>
 *   (transaction, ordering, redrive)   compared in that order
 *    │            │         └ how often the message was redriven; 0 in the journal itself
 *    │            └ the row's number in its store
 *    └ the transaction that committed it; 0 where one writer makes the ordering the commit order
 * </pre>
 */
public record Position(long transaction, long ordering, int redrive)
    implements Comparable<Position> {

  /** Before the first batch. */
  public static final Position START = new Position(0, 0, 0);

  public static Position of(long transaction, long ordering) {
    return new Position(transaction, ordering, 0);
  }

  @Override
  public int compareTo(Position other) {
    int byTransaction = Long.compare(transaction, other.transaction);
    if (byTransaction != 0) {
      return byTransaction;
    }
    int byOrdering = Long.compare(ordering, other.ordering);
    return byOrdering != 0 ? byOrdering : Integer.compare(redrive, other.redrive);
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  public static Position greatest(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }

  public static Position least(Position a, Position b) {
    return a.isAfter(b) ? b : a;
  }

  @Override
  public String toString() {
    return transaction + "/" + ordering + (redrive == 0 ? "" : "/" + redrive);
  }
}
