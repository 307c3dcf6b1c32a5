package dev.onewrite.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.onewrite.journal.Payload;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

  record Many(
      Set<String> set, Map<String, Integer> map, List<Inner> list, byte[] bytes, double price) {}

  record Inner(String a, String b) {}

  record Text(String text) {}

  record Word(String text) {}

  private final PayloadCodec payloads = Samples.codec(Many.class, Text.class, Word.class);

  @Test
  void fingerprint_ofOneValue_isTheSameWhateverTheOrderOfASetOrMap() {
    Many one =
        new Many(
            new LinkedHashSet<>(List.of("x", "y", "z")),
            ordered("p", 1, "q", 2),
            List.of(new Inner("a", "b")),
            new byte[] {1, 2},
            1.5);
    Many other =
        new Many(
            new LinkedHashSet<>(List.of("z", "y", "x")),
            ordered("q", 2, "p", 1),
            List.of(new Inner("a", "b")),
            new byte[] {1, 2},
            1.5);

    assertEquals(of(one), of(other));
  }

  @Test
  void fingerprint_ofAnotherValue_isAnother() {
    Many one = many(Set.of("x"), Map.of("p", 1), new Inner("a", "b"), 1, 1.5);
    List<Many> others =
        List.of(
            many(Set.of("y"), Map.of("p", 1), new Inner("a", "b"), 1, 1.5),
            many(Set.of(), Map.of("p", 1), new Inner("a", "b"), 1, 1.5),
            many(Set.of("x"), Map.of("q", 1), new Inner("a", "b"), 1, 1.5),
            many(Set.of("x"), Map.of("p", 2), new Inner("a", "b"), 1, 1.5),
            many(Set.of("x"), Map.of("p", 1), new Inner("b", "a"), 1, 1.5),
            many(Set.of("x"), Map.of("p", 1), new Inner("a", "b"), 2, 1.5),
            many(Set.of("x"), Map.of("p", 1), new Inner("a", "b"), 1, 2.5));

    others.forEach(other -> assertNotEquals(of(one), of(other), other::toString));
    assertNotEquals(of(new Text("a")), of(new Word("a")));
  }

  @Test
  void fingerprint_ofManyValues_isHardlyEverShared() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      seen.add(of(new Text("t" + i)));
    }

    assertEquals(200_000, seen.size());
  }

  /** It is in journals: a release that computed another one would refuse every repetition. */
  @Test
  void fingerprint_ofThisValue_staysWhatItIs() {
    assertEquals(
        EXPECTED,
        Fingerprint.of(
            payloads.encode(many(Set.of("x"), Map.of("p", 1), new Inner("a", "b"), 1, 1.5))));
  }

  private static final long EXPECTED = -3971227534979564459L;

  private static Many many(
      Set<String> set, Map<String, Integer> map, Inner inner, int first, double price) {
    return new Many(set, map, List.of(inner), new byte[] {(byte) first}, price);
  }

  private static Map<String, Integer> ordered(String a, int first, String b, int second) {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  private long of(Object value) {
    Payload payload = payloads.encode(value);
    return Fingerprint.of(payload);
  }
}
