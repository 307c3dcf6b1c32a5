package dev.onewrite.demo;

/** A form is saved. Its revision is the last of that form. */
record FormSubmitted(String form, String department, int revision, String receipt) {}
