package dev.onewrite.demo;

import java.util.ArrayList;
import java.util.List;

/** Rows of a name, a figure and a remark, in columns. */
final class Table {

  private final List<Row> rows = new ArrayList<>();

  private record Row(String name, String figure, String remark) {}

  Table row(String name, int figure, String remark) {
    return row(name, "%,d".formatted(figure), remark);
  }

  Table row(String name, String figure, String remark) {
    rows.add(new Row(name, figure, remark));
    return this;
  }

  /** The table as lines. */
  List<String> lines() {
    int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int figures = rows.stream().mapToInt(row -> row.figure().length()).max().orElse(0);
    String format = "  %-" + names + "s  %" + figures + "s   %s";
    return rows.stream()
        .map(row -> format.formatted(row.name(), row.figure(), row.remark()).stripTrailing())
        .toList();
  }
}
