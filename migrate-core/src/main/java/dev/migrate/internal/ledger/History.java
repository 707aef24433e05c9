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
 * What happened to the migrations of a ledger, beside what is applied.
 *
 * @param attempts what no longer stands, oldest first
 * @param halted the verdict that stands, or null
 */
record History(List<HistoryEntry> attempts, @Nullable BlockingVerdict halted) {

    /** What happened to a migration, oldest first, with what still stands at the end. */
    private Stream<HistoryEntry> of(MigrationId id) {
        return Stream.concat(attempts.stream(), Optional.ofNullable(halted).map(HistoryEntry::of).stream())
                .filter(past -> past.id().equals(id))
                .filter(past ->
                        past.verdict().isPresent() || past.operatorAction().isPresent());
    }

    private Optional<HistoryEntry> last(MigrationId id) {
        return of(id).reduce((earlier, later) -> later);
    }

    /** The verdict on the last attempt of a migration; empty when an operator got past it. */
    Optional<BlockingVerdict> verdict(MigrationId id) {
        return last(id).flatMap(HistoryEntry::verdict);
    }

    /** Where the next attempt of a resumable migration would go on, or null. */
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
     * The attempts, with a verdict that no longer stands. A repeat takes the place of the one before, and an older
     * checkpoint is of no use: so a restart loop makes nothing grow.
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

    /** Whether an operator did something about a migration after an entry: what was before that is another story. */
    private boolean actsAfter(int entry, MigrationId id) {
        return attempts.stream()
                .skip(entry + 1L)
                .anyMatch(past -> past.id().equals(id) && past.operatorAction().isPresent());
    }
}
