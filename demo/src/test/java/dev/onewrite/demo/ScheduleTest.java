package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  private static Map<String, Long> kinds(List<Kill> kills) {
    return kills.stream().collect(Collectors.groupingBy(Kill::name, Collectors.counting()));
  }

  @Test
  void seed_again_repeatsTheSchedule() {
    assertEquals(Schedule.of(7, 32), Schedule.of(7, 32));
    assertNotEquals(Schedule.of(7, 32), Schedule.of(8, 32));
  }

  @Test
  void thirtyTwoKills_anySeed_hitEachPointTwiceAndMore() {
    for (long seed = 0; seed < 100; seed++) {
      Map<String, Long> kinds = kinds(Schedule.of(seed, 32));

      assertEquals(5, kinds.size());
      assertTrue(kinds.values().stream().allMatch(count -> count >= 4), kinds.toString());
    }
  }

  @Test
  void fourKills_hitEachPointOnce() {
    Map<String, Long> kinds = kinds(Schedule.of(1, 4));

    assertEquals(
        Map.of(
            "before commit", 1L,
            "after commit", 1L,
            "before acknowledgement", 1L,
            "before offset", 1L),
        kinds);
  }
}
