package dev.migrate.run;

import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.WriteResult;
import java.util.Objects;

/**
 * An owner's hold on its claim.
 *
 * @param migration what is claimed
 * @param attempt the attempt, as it was claimed
 * @param snapshot the register as the owner last wrote or read it
 * @param sentAt the ticker's nanoseconds before the last write that was committed was first sent: from then on the
 *     lease counts
 * @param triedAt the ticker's nanoseconds when a beat was last tried
 * @param sure whether the snapshot is the last that this owner wrote; otherwise a write of it is undecided
 * @param lost whether the claim is gone for certain
 */
record Hold(
        MigrationDefinition migration,
        Attempt attempt,
        Snapshot snapshot,
        long sentAt,
        long triedAt,
        boolean sure,
        boolean lost) {

    Hold(MigrationDefinition migration, Attempt attempt, Snapshot snapshot, long sentAt) {
        this(migration, attempt, snapshot, sentAt, sentAt, true, false);
    }

    String token() {
        return Objects.requireNonNull(attempt.token());
    }

    /** The beat went through. */
    Hold beaten(WriteResult beat) {
        return new Hold(migration, attempt, beat.snapshot(), beat.sentAt(), beat.sentAt(), true, false);
    }

    /** Others wrote the register; the claim stands in it or not. The lease still counts from this owner's last beat. */
    Hold seen(Snapshot now, long triedAt) {
        return new Hold(migration, attempt, now, sentAt, triedAt, true, !standsIn(now));
    }

    /** A beat is undecided. */
    Hold unsure(long triedAt) {
        return new Hold(migration, attempt, snapshot, sentAt, triedAt, false, lost);
    }

    boolean standsIn(Snapshot now) {
        return now.state().running() != null && now.state().running().attempt().has(token());
    }
}
