package dev.onewrite.testkit;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is twice, missing or another between two outcomes, down to the value that differs. */
final class Differences {

  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  static List<String> of(Map<String, Object> expected, Map<String, Object> actual) {
    Differences differences = new Differences();
    differences.maps("", expected, actual);
    return differences.lines;
  }

  private void compare(String path, @Nullable Object expected, @Nullable Object actual) {
    if (Objects.equals(expected, actual)) {
      return;
    }
    if (expected instanceof Map<?, ?> left && actual instanceof Map<?, ?> right) {
      maps(path + ", ", left, right);
    } else if (expected instanceof Collection<?> left && actual instanceof Collection<?> right) {
      collections(path, left, right);
    } else if (expected instanceof Record left
        && actual != null
        && left.getClass() == actual.getClass()) {
      records(path, left, actual);
    } else {
      lines.add(path + ": " + actual + " instead of " + expected);
    }
  }

  private void maps(String path, Map<?, ?> expected, Map<?, ?> actual) {
    Set<Object> keys = new LinkedHashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (Object key : keys) {
      if (!actual.containsKey(key)) {
        lines.add(path + key + ": missing, it was " + expected.get(key));
      } else if (!expected.containsKey(key)) {
        lines.add(path + key + ": " + actual.get(key) + ", which was not there undisturbed");
      } else {
        compare(path + key, expected.get(key), actual.get(key));
      }
    }
  }

  private void collections(String path, Collection<?> expected, Collection<?> actual) {
    int before = lines.size();
    Map<Object, Integer> counts = new LinkedHashMap<>();
    expected.forEach(value -> counts.merge(value, -1, Integer::sum));
    actual.forEach(value -> counts.merge(value, 1, Integer::sum));
    counts.forEach(
        (value, more) -> {
          if (more != 0) {
            long once = expected.stream().filter(value::equals).count();
            String out = " came out " + times(once + more) + " instead of " + times(once);
            lines.add(path + ": " + value + out);
          }
        });
    if (lines.size() == before) {
      lines.add(path + ": in another order, " + actual + " instead of " + expected);
    }
  }

  private static String times(long count) {
    if (count == 0) {
      return "not at all";
    }
    return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
  }

  private void records(String path, Record expected, Object actual) {
    int before = lines.size();
    for (RecordComponent component : expected.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        compare(
            path + ", " + component.getName(),
            component.getAccessor().invoke(expected),
            component.getAccessor().invoke(actual));
      } catch (ReflectiveOperationException | RuntimeException e) { // then as a whole
        lines.subList(before, lines.size()).clear();
        break;
      }
    }
    if (lines.size() == before) {
      lines.add(path + ": " + actual + " instead of " + expected);
    }
  }
}
