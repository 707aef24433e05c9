package dev.migrate.internal.ledger;

/**
 * How a write of the register ended.
 *
 * @param status whether it was committed
 * @param snapshot the register as it is known now: as written, as read back, or, while it is undecided, as before
 * @param sentAt the monotonic time, in nanoseconds, before the write was first sent
 * @since 0.1
 */
public record WriteResult(Status status, VersionedState snapshot, long sentAt) {

    /** Whether a write was committed. */
    public enum Status {
        /** It was. */
        COMMITTED,
        /** It was not and never will be: another write was first. */
        LOST,
        /** Nobody knows: the retries were aborted, and the write may be committed yet. */
        UNDECIDED
    }

    /**
     * Whether the write was committed.
     *
     * @return whether it was, for certain
     */
    public boolean committed() {
        return status == Status.COMMITTED;
    }

    /**
     * Whether the retries were aborted before the write was settled.
     *
     * @return whether the write may be committed yet
     */
    public boolean undecided() {
        return status == Status.UNDECIDED;
    }
}
