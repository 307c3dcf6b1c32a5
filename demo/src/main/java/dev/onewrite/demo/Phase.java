package dev.onewrite.demo;

/** The states of a form. */
enum Phase {
  EDITING,
  SAVING,
  SAVED
}
