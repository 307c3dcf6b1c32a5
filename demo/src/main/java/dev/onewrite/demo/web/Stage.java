package dev.onewrite.demo.web;

/** The states of the page's form. */
enum Stage {
  EDITING,
  SAVING,
  SAVED
}
