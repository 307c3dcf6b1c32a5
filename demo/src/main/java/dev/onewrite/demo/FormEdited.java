package dev.onewrite.demo;

/** A form has a new draft. The revisions of one form, edited and submitted, count 1, 2, 3 ... */
record FormEdited(String form, String department, int revision) {}
