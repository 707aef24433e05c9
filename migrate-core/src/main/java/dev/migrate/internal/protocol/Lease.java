package dev.migrate.internal.protocol;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.ledger.WriteResult;
import dev.migrate.listener.Attempt;
import java.util.Objects;

/**
 * An owner's hold on its claim.
 *
 * @param migration what is claimed
 * @param attempt the attempt, as it was claimed
 * @param snapshot the register as the owner last wrote or read it
 * @param renewedAt the ticker's nanoseconds before the last write that was committed was first sent: from then on the
 *     lease counts
 * @param lastAttemptAt the ticker's nanoseconds when a beat was last tried
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

    /** The beat went through. */
    Lease renewed(WriteResult beat) {
        return new Lease(migration, attempt, beat.snapshot(), beat.sentAt(), beat.sentAt(), true, false);
    }

    /** Others wrote the register; the claim stands in it or not. The lease still counts from this owner's last beat. */
    Lease refreshed(VersionedState now, long triedAt) {
        return new Lease(migration, attempt, now, renewedAt, triedAt, true, !isHeldIn(now));
    }

    /** A beat is undecided. */
    Lease uncertain(long triedAt) {
        return new Lease(migration, attempt, snapshot, renewedAt, triedAt, false, lost);
    }

    boolean isHeldIn(VersionedState now) {
        return now.state().running() != null && now.state().running().attempt().hasToken(token());
    }
}
