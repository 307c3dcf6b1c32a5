package dev.onewrite.demo.web;

/** What the registry gave. */
record Receipt(String number) {}
