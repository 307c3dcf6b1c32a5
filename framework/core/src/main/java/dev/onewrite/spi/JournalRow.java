package dev.onewrite.spi;

/**
 * One batch of one entity, as a store keeps it. A store neither reads nor changes the payload.
 *
 * <pre>
 *   persistenceId    component|entityId         ┐ the primary key: what fences a history
 *   sequenceNumber   1, 2, 3 ... without a gap  ┘
 *   writer           who wrote it, to tell interleaved writers afterwards
 *   manifest         the payload's format and its version
 *   payload          checksum and encoded batch
 *   writtenAt        milliseconds since 1970, for people
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by nobody on the hot path
public record JournalRow(
    String persistenceId,
    long sequenceNumber,
    String writer,
    String manifest,
    byte[] payload,
    long writtenAt) {}
