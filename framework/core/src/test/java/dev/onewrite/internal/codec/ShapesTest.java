package dev.onewrite.internal.codec;

import static dev.onewrite.internal.codec.Coded.assertCode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.onewrite.component.RefusedException;
import dev.onewrite.internal.codec.Samples.Colour;
import dev.onewrite.internal.codec.Samples.Line;
import dev.onewrite.internal.codec.Samples.Rate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which components come back equal, and that no others are written. */
final class ShapesTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final ZonedDateTime SECOND_TWO_O_CLOCK =
      ZonedDateTime.ofInstant(Instant.parse("2026-10-25T01:30:00.000000001Z"), PARIS);

  record Numbers(BigDecimal decimal, BigInteger integer) {}

  record Places(URI uri, Locale locale, Currency currency) {}

  record Days(
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetTime offsetTime,
      OffsetDateTime offsetDateTime,
      ZonedDateTime zoned,
      DayOfWeek weekday,
      Month month) {}

  record Spans(
      Instant instant,
      Duration duration,
      Period period,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone,
      ZoneOffset offset) {}

  record Maybes(Optional<Line> one, OptionalInt i, OptionalLong l, OptionalDouble d) {}

  record Many(Collection<Line> some, List<Line> list, Set<Line> set, Map<String, Line> map) {}

  record PlainKeys(
      Map<String, Integer> texts,
      Map<Boolean, Integer> flags,
      Map<Byte, Integer> bytes,
      Map<Short, Integer> shorts,
      Map<Integer, Integer> ints,
      Map<Long, Integer> longs,
      Map<Float, Integer> floats,
      Map<Double, Integer> doubles,
      Map<Character, Integer> letters,
      Map<UUID, Integer> ids,
      Map<Colour, Integer> colours,
      Map<Rate, Integer> rates) {}

  record DayKeys(
      Map<LocalDate, Integer> dates,
      Map<LocalTime, Integer> times,
      Map<LocalDateTime, Integer> dateTimes,
      Map<OffsetTime, Integer> offsetTimes,
      Map<OffsetDateTime, Integer> offsetDateTimes,
      Map<ZonedDateTime, Integer> zoned,
      Map<DayOfWeek, Integer> weekdays) {}

  record SpanKeys(
      Map<Instant, Integer> instants,
      Map<Duration, Integer> durations,
      Map<Period, Integer> periods,
      Map<Year, Integer> years,
      Map<YearMonth, Integer> yearMonths,
      Map<MonthDay, Integer> monthDays,
      Map<ZoneId, Integer> zones,
      Map<ZoneOffset, Integer> offsets) {}

  record Arrayed(
      byte[] bytes,
      boolean[] flags,
      short[] shorts,
      int[] ints,
      long[] longs,
      float[] floats,
      double[] doubles,
      char[] letters,
      String[] texts,
      Line[] lines,
      int[][] table) {

    List<Object> all() {
      return List.of(
          bytes, flags, shorts, ints, longs, floats, doubles, letters, texts, lines, table);
    }
  }

  record KeyRecord(Map<Line, String> value) {}

  record KeyDecimal(Map<BigDecimal, String> value) {}

  record KeyList(Map<List<String>, String> value) {}

  record KeyObject(Map<Object, String> value) {}

  record KeyUri(Map<URI, String> value) {}

  record KeyNested(List<Optional<Map<Line, String>>> value) {}

  record KeyAfterAnnotated(@JsonProperty Map<Line, String> said, Map<Line, String> value) {}

  @SuppressWarnings("rawtypes")
  record RawMap(Map value) {}

  @SuppressWarnings("rawtypes")
  record RawList(List value) {}

  @SuppressWarnings("rawtypes")
  record RawOptional(Optional value) {}

  record HoldsFunction(Function<String, String> value) {}

  record HoldsSupplier(List<Supplier<String>> value) {}

  record HoldsRunnable(Runnable value) {}

  record HoldsThrowable(Throwable value) {}

  record HoldsException(IllegalStateException value) {}

  record HoldsTimeException(DateTimeException value) {}

  record HoldsClock(Clock value) {}

  record HoldsThread(Thread value) {}

  record HoldsClass(Class<?> value) {}

  record HoldsDate(Date value) {}

  record HoldsReference(AtomicReference<String> value) {}

  record HoldsBuffer(StringBuilder value) {}

  record HoldsArray(Runnable[] value) {}

  static List<Object> taken() {
    return List.of(
        new Numbers(new BigDecimal("-1.100"), BigInteger.TWO.pow(200)),
        new Numbers(new BigDecimal("1E-30"), BigInteger.ZERO),
        new Places(URI.create("https://a.example/b?c=%20#d"), Locale.ROOT, euro()),
        new Places(URI.create(""), Locale.US, Currency.getInstance("JPY")),
        new Places(URI.create("urn:x:1"), Locale.forLanguageTag("zh-Hans-CN"), euro()),
        new Places(URI.create("urn:x:2"), Locale.forLanguageTag("de-DE-1996"), euro()),
        new Places(URI.create("urn:x:3"), Locale.forLanguageTag("th-TH-u-nu-thai"), euro()),
        days(),
        spans(),
        new Maybes(
            Optional.of(new Line("nut", 1)),
            OptionalInt.of(0),
            OptionalLong.of(Long.MIN_VALUE),
            OptionalDouble.of(0.1)),
        new Maybes(
            Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty()),
        new Many(
            List.of(new Line("nut", 1)),
            List.of(new Line("nut", 2)),
            Set.of(new Line("nut", 3), new Line("bolt", 3)),
            Map.of("", new Line("nut", 4))),
        plainKeys(),
        dayKeys(),
        spanKeys());
  }

  private static Currency euro() {
    return Currency.getInstance("EUR");
  }

  private static Days days() {
    return new Days(
        LocalDate.of(2026, 2, 28),
        LocalTime.MIDNIGHT,
        LocalDateTime.of(2026, 2, 28, 1, 2, 3, 4),
        OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(-3)),
        OffsetDateTime.parse("2026-01-01T03:00:00.000000001+03:00"),
        SECOND_TWO_O_CLOCK,
        DayOfWeek.MONDAY,
        Month.MAY);
  }

  private static Spans spans() {
    return new Spans(
        Instant.EPOCH.minusNanos(1),
        Duration.ofNanos(-5),
        Period.of(1, -2, 3),
        Year.of(2026),
        YearMonth.of(2026, 2),
        MonthDay.of(2, 29),
        PARIS,
        ZoneOffset.ofHoursMinutes(5, 45));
  }

  private static PlainKeys plainKeys() {
    return new PlainKeys(
        Map.of("", 1, "a b", 2),
        Map.of(true, 1, false, 2),
        Map.of(Byte.MIN_VALUE, 1),
        Map.of(Short.MAX_VALUE, 1),
        Map.of(Integer.MIN_VALUE, 1),
        Map.of(Long.MAX_VALUE, 1),
        Map.of(0.1f, 1, Float.NaN, 2),
        Map.of(Double.MIN_VALUE, 1, Double.NEGATIVE_INFINITY, 2),
        Map.of('€', 1, ' ', 2),
        Map.of(new UUID(-1, 2), 1),
        Map.of(Colour.RED, 1, Colour.GREEN, 2),
        Map.of(Rate.LOW, 1, Rate.HIGH, 2));
  }

  private static DayKeys dayKeys() {
    Days days = days();
    return new DayKeys(
        Map.of(days.date(), 1),
        Map.of(days.time(), 1),
        Map.of(days.dateTime(), 1),
        Map.of(days.offsetTime(), 1),
        Map.of(days.offsetDateTime(), 1),
        Map.of(days.zoned(), 1, days.zoned().minusHours(1), 2),
        Map.of(days.weekday(), 1));
  }

  private static SpanKeys spanKeys() {
    Spans spans = spans();
    return new SpanKeys(
        Map.of(spans.instant(), 1),
        Map.of(spans.duration(), 1),
        Map.of(spans.period(), 1),
        Map.of(spans.year(), 1),
        Map.of(spans.yearMonth(), 1),
        Map.of(spans.monthDay(), 1),
        Map.of(spans.zone(), 1, ZoneId.of("UTC"), 2),
        Map.of(spans.offset(), 1, ZoneOffset.UTC, 2));
  }

  static List<Class<?>> refused() {
    return List.of(
        KeyRecord.class,
        KeyDecimal.class,
        KeyList.class,
        KeyObject.class,
        KeyUri.class,
        KeyNested.class,
        KeyAfterAnnotated.class,
        RawMap.class,
        RawList.class,
        RawOptional.class,
        HoldsFunction.class,
        HoldsSupplier.class,
        HoldsRunnable.class,
        HoldsThrowable.class,
        HoldsException.class,
        HoldsTimeException.class,
        HoldsClock.class,
        HoldsThread.class,
        HoldsClass.class,
        HoldsDate.class,
        HoldsReference.class,
        HoldsBuffer.class,
        HoldsArray.class);
  }

  @ParameterizedTest
  @MethodSource("taken")
  void component_ofATakenType_comesBackEqual(Object value) {
    PayloadCodec codec = Samples.codec();

    assertEquals(value, codec.decode(codec.encode(value)));
  }

  @Test
  void component_thatIsAnArray_comesBackEqual() {
    PayloadCodec codec = Samples.codec();
    Arrayed arrayed =
        new Arrayed(
            new byte[] {-1, 0, 1},
            new boolean[] {true, false},
            new short[] {Short.MIN_VALUE},
            new int[] {Integer.MAX_VALUE},
            new long[] {Long.MIN_VALUE, 1},
            new float[] {0.1f},
            new double[] {0.1, Double.MIN_VALUE},
            new char[] {'€', 'a'},
            new String[] {"", "x"},
            new Line[] {new Line("nut", 1)},
            new int[][] {{}, {1, 2}});

    Arrayed decoded = (Arrayed) codec.decode(codec.encode(arrayed));

    assertTrue(Arrays.deepEquals(arrayed.all().toArray(), decoded.all().toArray()));
    assertArrayEquals(arrayed.bytes(), decoded.bytes());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void component_ofAnotherType_isRefused(Class<?> type) {
    RefusedException e = assertCode("OW108", RefusedException.class, () -> Samples.types(type));

    assertTrue(e.getMessage().contains("component value of "), e.getMessage());
  }

  @Test
  void mapWithRecordsAsKeys_encoded_isRefusedAtTheCall() {
    KeyRecord value = new KeyRecord(Map.of(new Line("nut", 1), "x"));

    RefusedException e =
        assertCode("OW108", RefusedException.class, () -> Samples.codec().encode(value));

    assertTrue(e.getMessage().contains("has keys of type Line"), e.getMessage());
  }
}
