package dev.onewrite.testkit;

import dev.onewrite.machine.Step;

/** A step that a machine made, and what for. */
record Made(Object trigger, Step<?, ?, ?> step) {}
