package dev.onewrite.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Placed;
import dev.onewrite.spi.SetAside;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages are looked up before they are sent, and how much a worker knows of it. */
final class KnownRowsTest {

  private static final Position ANY = Position.of(0, 1);

  private final KnownRows known = new KnownRows();

  private static Placed seen(boolean senderHasRows, Position discardedTo) {
    return new Placed(Placed.Step.SEND, null, senderHasRows, discardedTo);
  }

  @Test
  void sender_ofWhichRowsAreLeft_isLookedUpAlways() {
    known.saw("form|1", seen(true, Position.START));

    assertTrue(known.mayHave("form|1", Position.of(0, 1_000_000)));
    assertFalse(known.mayHave("form|2", Position.of(0, 1)));
  }

  @Test
  void sender_ofWhichNoneButDiscardedRowsAreLeft_isLookedUpUpToTheLastOfThem() {
    known.add("form|1");

    known.saw("form|1", seen(false, Position.of(0, 7)));

    assertTrue(known.mayHave("form|1", Position.of(0, 6)), "it may be read again");
    assertTrue(known.mayHave("form|1", Position.of(0, 7)));
    assertFalse(known.mayHave("form|1", Position.of(0, 8)), "each message pays for one for ever");
    assertFalse(known.any(), "there is nothing to tidy");
  }

  @Test
  void sender_ofWhichNoRowIsLeft_isNotLookedUp() {
    known.add("form|1");

    known.saw("form|1", seen(false, Position.START));

    assertFalse(known.mayHave("form|1", Position.of(0, 1)));
    assertFalse(known.any());
  }

  @Test
  void senders_asManyAsTheLimit_areKnownOneByOne() {
    add(KnownRows.SENDERS_MAX);
    known.add("s0");

    assertFalse(known.isAll());
    assertTrue(known.mayHave("s0", ANY));
    assertFalse(known.mayHave("other", ANY));
  }

  @Test
  void senders_moreThanTheLimit_areAllTakenForSuchAndTakeNoPlace() {
    add(KnownRows.SENDERS_MAX + 1);
    add(KnownRows.SENDERS_MAX);
    known.saw("seen", seen(true, Position.START));

    assertTrue(known.isAll());
    assertTrue(known.mayHave("other", ANY));
    assertEquals(0, known.size());
  }

  @Test
  void senders_oneWithoutRowsAfterAll_areStillAllTakenForSuch() {
    add(KnownRows.SENDERS_MAX + 1);

    known.saw("s0", seen(false, Position.START));

    assertTrue(known.mayHave("s0", ANY));
  }

  @Test
  void look_thatFindsFewAfterTooMany_knowsThemOneByOne() {
    look(() -> senders(KnownRows.SENDERS_MAX + 1));
    assertTrue(known.isAll());

    look(() -> Set.of("s1"));

    assertTrue(known.mayHave("s1", ANY));
    assertFalse(known.mayHave("s2", ANY));
    assertEquals(1, known.size());
  }

  @Test
  void look_whileOthersLearn_keepsWhatTheyLearned() {
    look(() -> senders(KnownRows.SENDERS_MAX + 1));

    look(
        () -> {
          known.add("meanwhile");
          known.saw("seen", seen(true, Position.START));
          assertTrue(known.mayHave("other", ANY));
          return Set.of();
        });

    assertTrue(known.mayHave("meanwhile", ANY));
    assertTrue(known.mayHave("seen", ANY));
    assertFalse(known.mayHave("other", ANY));
  }

  @Test
  void look_whileOthersLearnTooMuch_isStillOfAll() {
    look(
        () -> {
          add(KnownRows.SENDERS_MAX + 1);
          known.saw("s0", seen(false, Position.START));
          return Set.of();
        });

    assertTrue(known.mayHave("s" + KnownRows.SENDERS_MAX, ANY));
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

    assertTrue(known.mayHave("other", ANY));
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
