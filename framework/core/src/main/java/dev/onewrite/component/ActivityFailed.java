package dev.onewrite.component;

/**
 * The result of an activity that a handler had started and that failed for good.
 *
 * @param activity its name
 * @param kind the failure in one word, for example the exception's simple class name
 */
@Named("onewrite.activity-failed")
public record ActivityFailed(String activity, String kind, String message) {}
