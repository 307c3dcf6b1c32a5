package dev.onewrite.demo.web;

/** What a press of Save sent: the form's text, for the {@code number}th time. */
record Revision(int number, String subject, String text) {}
