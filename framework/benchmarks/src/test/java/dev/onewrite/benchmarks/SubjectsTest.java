package dev.onewrite.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;

/** Every benchmark does the work it is there to measure, or its figure would mean nothing. */
final class SubjectsTest {
  private static final List<Class<?>> ALL =
      List.of(FlatBenchmark.class, NestedBenchmark.class, RegionsBenchmark.class);

  @TestFactory
  Stream<DynamicTest> flat_everyLibrary_movesAndCounts() {
    return eachLibrary(FlatBenchmark.class, 1, Set.of(Flat.ONE), Set.of(Flat.TWO));
  }

  @TestFactory
  Stream<DynamicTest> nested_everyLibrary_movesTwoLevelsAndCounts() {
    return eachLibrary(
        NestedBenchmark.class,
        1,
        EnumSet.of(Nested.WORK, Nested.ONE, Nested.ONE_LEAF),
        EnumSet.of(Nested.WORK, Nested.TWO, Nested.TWO_LEAF));
  }

  @TestFactory
  Stream<DynamicTest> regions_everyLibrary_movesBothAndCountsTwice() {
    return eachLibrary(
        RegionsBenchmark.class,
        2,
        EnumSet.of(
            Regions.WORK,
            Regions.LEFT_ONE,
            Regions.LEFT_ONE_LEAF,
            Regions.RIGHT_ONE,
            Regions.RIGHT_ONE_LEAF),
        EnumSet.of(
            Regions.WORK,
            Regions.LEFT_TWO,
            Regions.LEFT_TWO_LEAF,
            Regions.RIGHT_TWO,
            Regions.RIGHT_TWO_LEAF));
  }

  @Test
  void benchmarks_all_areLookedAt() {
    assertEquals(
        List.of(
            "FlatBenchmark.onewrite",
            "FlatBenchmark.spring",
            "FlatBenchmark.stateless4j",
            "NestedBenchmark.onewrite",
            "NestedBenchmark.spring",
            "NestedBenchmark.stateless4j",
            "RegionsBenchmark.onewrite",
            "RegionsBenchmark.spring"),
        ALL.stream().flatMap(SubjectsTest::benchmarks).map(SubjectsTest::name).sorted().toList());
  }

  private static <S extends Enum<S>> Stream<DynamicTest> eachLibrary(
      Class<?> benchmark, long counted, Set<S> one, Set<S> two) {
    return benchmarks(benchmark)
        .map(
            method ->
                DynamicTest.dynamicTest(
                    name(method), () -> movesBetween(method, counted, one, two)));
  }

  /** Calls the benchmark's own method, on the state that JMH would make for it. */
  private static <S extends Enum<S>> void movesBetween(
      Method method, long counted, Set<S> one, Set<S> two) throws Exception {
    Object benchmark = method.getDeclaringClass().getConstructor().newInstance();
    @SuppressWarnings("unchecked") // each benchmark's subjects have its chart's states
    Subject<S> subject = (Subject<S>) method.getParameterTypes()[0].getConstructor().newInstance();
    assertActive(one, two, subject);
    assertEquals(new Count(0), subject.count());

    method.invoke(benchmark, subject);
    assertActive(two, one, subject);
    assertEquals(new Count(counted), subject.count());

    method.invoke(benchmark, subject);
    assertActive(one, two, subject);
    assertEquals(new Count(2 * counted), subject.count());
  }

  private static <S extends Enum<S>> void assertActive(
      Set<S> active, Set<S> other, Subject<S> subject) {
    for (S state : active) {
      assertTrue(subject.in(state), state + " is not active");
    }
    for (S state : other) {
      assertEquals(active.contains(state), subject.in(state), state + " is active");
    }
  }

  private static Stream<Method> benchmarks(Class<?> benchmark) {
    return Arrays.stream(benchmark.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class));
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
