package dev.migrate.ledger;

/**
 * How a write of the register was settled.
 *
 * @param done whether it was committed; otherwise it was lost to another write, for certain
 * @param snapshot the register as it is known now: as written, or as read back
 * @param sentAt the ticker's nanoseconds before the write was first sent
 * @since 0.1
 */
public record Commit(boolean done, Snapshot snapshot, long sentAt) {}
