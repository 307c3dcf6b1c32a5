package dev.onewrite.demo;

/**
 * What an applicant fills in.
 *
 * @param amount asked for, in whole euros
 */
public record Content(String applicant, String subject, long amount, String text) {}
