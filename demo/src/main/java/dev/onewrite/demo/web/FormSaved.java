package dev.onewrite.demo.web;

/** The registry has this revision of a form. */
record FormSaved(String form, int revision, String subject, String receipt) {}
