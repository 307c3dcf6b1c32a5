package dev.onewrite.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PositionTest {

  private static final List<Position> ASCENDING =
      List.of(
          Position.START,
          new Position(0, 0, 1),
          new Position(0, 1, 0),
          new Position(0, 1, 7),
          new Position(0, 2, 0),
          new Position(0, Long.MAX_VALUE, Integer.MAX_VALUE),
          new Position(1, 0, 0),
          new Position(1, 5, 0),
          new Position(2, 1, 0),
          new Position(Long.MAX_VALUE, 0, 0));

  @Test
  void positions_sorted_areByTransactionThenOrderingThenRedrive() {
    List<Position> shuffled = new ArrayList<>(ASCENDING);
    Collections.shuffle(shuffled, new Random(1));

    Collections.sort(shuffled);

    assertEquals(ASCENDING, shuffled);
  }

  @Test
  void greatestLeastAndAfter_ofAnyTwo_agreeWithTheOrder() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        Position a = ASCENDING.get(i);
        Position b = ASCENDING.get(j);
        assertEquals(Integer.compare(i, j), Integer.signum(a.compareTo(b)));
        assertEquals(i > j, a.isAfter(b));
        assertEquals(ASCENDING.get(Math.max(i, j)), Position.greatest(a, b));
        assertEquals(ASCENDING.get(Math.min(i, j)), Position.least(a, b));
      }
    }
  }

  @Test
  void position_redriven_isAfterItselfAndBeforeTheNextRow() {
    Position row = Position.of(0, 5);
    Position redriven = new Position(0, 5, 1);

    assertTrue(redriven.isAfter(row));
    assertFalse(redriven.isAfter(Position.of(0, 6)));
  }
}
