package dev.onewrite.inspect;

/**
 * One thing that a start would check.
 *
 * @param what was checked
 * @param fine whether it would let the node start
 * @param text what was found; with its code and its mend if it is not fine
 */
public record Check(String what, boolean fine, String text) {}
