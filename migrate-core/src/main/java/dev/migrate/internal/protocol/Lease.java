package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.ledger.WriteResult;
import dev.migrate.listener.Attempt;
import java.util.Objects;

/**
 * An owner's lease on its claim.
 *
 * @param migration what is claimed
 * @param attempt the attempt, as it was claimed
 * @param snapshot the register as the owner last wrote or read it
 * @param renewedAt the monotonic time, in nanoseconds, before the last committed write was first sent: the lease
 *     starts there
 * @param lastAttemptAt the monotonic time, in nanoseconds, of the last attempt at a heartbeat
 * @param certain whether the snapshot is the last that this owner wrote; otherwise a write of it is undecided
 * @param lost whether the claim is gone for certain
 */
record Lease(
        MigrationDefinition migration,
        Attempt attempt,
        VersionedState snapshot,
        long renewedAt,
        long lastAttemptAt,
        boolean certain,
        boolean lost) {

    Lease(MigrationDefinition migration, Attempt attempt, VersionedState snapshot, long sentAt) {
        this(migration, attempt, snapshot, sentAt, sentAt, true, false);
    }

    String token() {
        return Objects.requireNonNull(attempt.token());
    }

    /** The heartbeat was written. */
    Lease renewed(WriteResult heartbeat) {
        return new Lease(migration, attempt, heartbeat.snapshot(), heartbeat.sentAt(), heartbeat.sentAt(), true, false);
    }

    /** Another process wrote the register, which may have ended the claim. The lease still counts from the last own heartbeat. */
    Lease refreshed(VersionedState now, long triedAt) {
        return new Lease(migration, attempt, now, renewedAt, triedAt, true, !isHeldIn(now));
    }

    /** The result of a heartbeat is not known. */
    Lease uncertain(long triedAt) {
        return new Lease(migration, attempt, snapshot, renewedAt, triedAt, false, lost);
    }

    boolean isHeldIn(VersionedState now) {
        return now.state().running() != null && now.state().running().attempt().hasToken(token());
    }
}
