package dev.onewrite.benchmarks;

/** The one event of every chart, in every library. */
enum Go {
  GO
}
