package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.SetAside;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KnownRowsTest {

  private final KnownRows known = new KnownRows();

  @Test
  void senders_asManyAsTheLimit_areKnownOneByOne() {
    add(KnownRows.SENDERS_MAX);
    known.add("s0");

    assertFalse(known.isAll());
    assertTrue(known.mayHave("s0"));
    assertFalse(known.mayHave("other"));
  }

  @Test
  void senders_moreThanTheLimit_areAllTakenForSuchAndTakeNoPlace() {
    add(KnownRows.SENDERS_MAX + 1);
    add(KnownRows.SENDERS_MAX);
    known.saw("seen", true);

    assertTrue(known.isAll());
    assertTrue(known.mayHave("other"));
    assertEquals(0, known.size());
  }

  @Test
  void senders_oneWithoutRowsAfterAll_areStillAllTakenForSuch() {
    add(KnownRows.SENDERS_MAX + 1);

    known.saw("s0", false);

    assertTrue(known.mayHave("s0"));
  }

  @Test
  void look_thatFindsFewAfterTooMany_knowsThemOneByOne() {
    look(() -> senders(KnownRows.SENDERS_MAX + 1));
    assertTrue(known.isAll());

    look(() -> Set.of("s1"));

    assertTrue(known.mayHave("s1"));
    assertFalse(known.mayHave("s2"));
    assertEquals(1, known.size());
  }

  @Test
  void look_whileOthersLearn_keepsWhatTheyLearned() {
    look(() -> senders(KnownRows.SENDERS_MAX + 1));

    look(
        () -> {
          known.add("meanwhile");
          known.saw("seen", true);
          assertTrue(known.mayHave("other"));
          return Set.of();
        });

    assertTrue(known.mayHave("meanwhile"));
    assertTrue(known.mayHave("seen"));
    assertFalse(known.mayHave("other"));
  }

  @Test
  void look_whileOthersLearnTooMuch_isStillOfAll() {
    look(
        () -> {
          add(KnownRows.SENDERS_MAX + 1);
          known.saw("s0", false);
          return Set.of();
        });

    assertTrue(known.mayHave("s" + KnownRows.SENDERS_MAX));
    assertEquals(0, known.size());
  }

  @Test
  void look_thatFails_leavesAllTakenForSuch() {
    add(KnownRows.SENDERS_MAX + 1);

    assertThrows(
        IllegalStateException.class,
        () ->
            look(
                () -> {
                  throw new IllegalStateException("away");
                }));

    assertTrue(known.mayHave("other"));
  }

  private void add(int count) {
    IntStream.range(0, count).forEach(i -> known.add("s" + i));
  }

  private static Set<String> senders(int count) {
    return IntStream.range(0, count).mapToObj(i -> "s" + i).collect(Collectors.toSet());
  }

  private void look(Supplier<Set<String>> found) {
    SetAside rows =
        (SetAside)
            Proxy.newProxyInstance(
                SetAside.class.getClassLoader(),
                new Class<?>[] {SetAside.class},
                (proxy, method, arguments) -> found.get());
    known.look(rows, "group", SliceRange.ALL);
  }
}
