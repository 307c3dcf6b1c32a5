package dev.onewrite.demo.web;

/** What moves the page's form; the registry's answers do so, too. */
sealed interface FormEvent {

  record SaveAsked(String form, String subject, String text) implements FormEvent {}
}
