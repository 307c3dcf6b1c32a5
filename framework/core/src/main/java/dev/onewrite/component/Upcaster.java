package dev.onewrite.component;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Leads a stored value from version {@code from} of {@code type} to {@code from + 1}.
 *
 * @param body gets and returns the record's components by name, as maps, lists, strings, numbers
 */
public record Upcaster(Class<?> type, int from, UnaryOperator<Map<String, Object>> body) {}
