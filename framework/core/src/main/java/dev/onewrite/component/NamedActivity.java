package dev.onewrite.component;

/** An activity of a component, under its name. */
public record NamedActivity<I, R>(
    String name, Class<I> input, Class<R> result, Activity<I, R> body, Activity.Policy policy) {}
