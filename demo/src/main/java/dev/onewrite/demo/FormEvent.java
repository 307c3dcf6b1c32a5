package dev.onewrite.demo;

/** What moves a form's machine. */
sealed interface FormEvent {

  record DraftChanged(String text) implements FormEvent {}

  record SaveStarted(String text) implements FormEvent {}

  record SaveSucceeded(String receipt) implements FormEvent {}
}
