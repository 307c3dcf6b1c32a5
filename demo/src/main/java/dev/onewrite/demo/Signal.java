package dev.onewrite.demo;

/** What reaches the driver from an incarnation of the application. */
sealed interface Signal {

  /** It said something. */
  record Said(Report report) implements Signal {}

  /** Its output has ended: it is gone, and all it ever said is before this. */
  record Gone() implements Signal {}
}
