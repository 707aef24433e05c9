package dev.migrate.internal.ledger;

import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The history of the migrations of a ledger, except the applied records.
 *
 * @param attempts the entries that no longer block, oldest first
 * @param halted the verdict that blocks, or null
 */
record History(List<HistoryEntry> attempts, @Nullable BlockingVerdict halted) {

    /** The history of a migration, oldest first, with the verdict that blocks at the end. */
    private Stream<HistoryEntry> of(MigrationId id) {
        return Stream.concat(attempts.stream(), Optional.ofNullable(halted).map(HistoryEntry::of).stream())
                .filter(past -> past.id().equals(id))
                .filter(past ->
                        past.verdict().isPresent() || past.operatorAction().isPresent());
    }

    private Optional<HistoryEntry> last(MigrationId id) {
        return of(id).reduce((earlier, later) -> later);
    }

    /** The verdict on the last attempt of a migration; empty if an operator has overridden it. */
    Optional<BlockingVerdict> verdict(MigrationId id) {
        return last(id).flatMap(HistoryEntry::verdict);
    }

    /** The checkpoint from which the next attempt of a resumable migration would continue, or null. */
    @Nullable
    String checkpoint(MigrationId id) {
        return last(id).map(HistoryEntry::checkpoint).orElse(null);
    }

    /** The verdict on the attempt before another of the same migration; see {@link LedgerState#previousVerdict}. */
    Optional<BlockingVerdict> before(Attempt attempt) {
        return attempts.stream()
                .filter(past ->
                        past.id().equals(attempt.id()) && !past.type().equals(HistoryEntry.OperatorAction.RETRY.name()))
                .reduce((earlier, later) -> later)
                .flatMap(HistoryEntry::verdict)
                .filter(last -> last.attempt().isRevert() == attempt.isRevert());
    }

    /** Whether a deployment has failed with a migration, and no operator has allowed another start since. */
    boolean failed(MigrationId id, String deployment) {
        boolean failed = false;
        for (HistoryEntry past : of(id).toList()) {
            boolean here = past.type().equals(Outcome.FAILED.name())
                    && deployment.equals(past.attempt().deployment());
            failed = past.operatorAction().isEmpty() && (failed || here);
        }
        return failed;
    }

    /** The highest number of an attempt of a migration; 0 when there was none. */
    int lastAttempt(MigrationId id) {
        return of(id).mapToInt(past -> past.attempt().number()).max().orElse(0);
    }

    /** Whether a migration was reverted since an attempt of it began; see {@link LedgerState#isReverted}. */
    boolean isReverted(AppliedMigration done) {
        Attempt attempt = done.attempt();
        return attempt.token() != null
                && attempts.stream()
                        .filter(past -> past.id().equals(done.id()) && past.isRevert())
                        .anyMatch(past -> past.attempt().number() >= attempt.number());
    }

    /**
     * The attempts, with a verdict that no longer blocks. A repeated verdict replaces the one before, and older checkpoints are
     * dropped. So a restart loop does not make the ledger grow.
     */
    List<HistoryEntry> with(@Nullable BlockingVerdict over) {
        if (over == null) {
            return attempts;
        }
        HistoryEntry last = HistoryEntry.of(over);
        List<HistoryEntry> all = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            HistoryEntry earlier = attempts.get(i);
            if (!earlier.id().equals(over.id())) {
                all.add(earlier);
            } else if (!earlier.isRepeatedBy(last) || actsAfter(i, over.id())) {
                all.add(earlier.withCheckpoint(null));
            }
        }
        all.add(last);
        return all;
    }

    /** Whether an operator acted on a migration after an entry. Entries from before that are kept. */
    private boolean actsAfter(int entry, MigrationId id) {
        return attempts.stream()
                .skip(entry + 1L)
                .anyMatch(past -> past.id().equals(id) && past.operatorAction().isPresent());
    }
}
