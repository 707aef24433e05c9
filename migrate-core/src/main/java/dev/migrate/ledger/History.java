package dev.migrate.ledger;

import dev.migrate.MigrationId;
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
record History(List<Past> attempts, @Nullable Halted halted) {

    /** What happened to a migration, oldest first, with what still stands at the end. */
    private Stream<Past> of(MigrationId id) {
        return Stream.concat(attempts.stream(), Optional.ofNullable(halted).map(Past::of).stream())
                .filter(past -> past.id().equals(id))
                .filter(past -> past.verdict().isPresent() || past.act().isPresent());
    }

    private Optional<Past> last(MigrationId id) {
        return of(id).reduce((earlier, later) -> later);
    }

    /** The verdict on the last attempt of a migration; empty when an operator got past it. */
    Optional<Halted> verdict(MigrationId id) {
        return last(id).flatMap(Past::verdict);
    }

    /** Where the next attempt of a resumable migration would go on, or null. */
    @Nullable
    String checkpoint(MigrationId id) {
        return last(id).map(Past::checkpoint).orElse(null);
    }

    /** The verdict on the attempt before another of the same migration; see {@link LedgerState#before}. */
    Optional<Halted> before(Attempt attempt) {
        return attempts.stream()
                .filter(past -> past.id().equals(attempt.id()) && !past.what().equals(Past.Act.RETRY.name()))
                .reduce((earlier, later) -> later)
                .flatMap(Past::verdict)
                .filter(last -> last.attempt().reverts() == attempt.reverts());
    }

    /** Whether a deployment has failed with a migration, and no operator has allowed another start since. */
    boolean failed(MigrationId id, String deployment) {
        boolean failed = false;
        for (Past past : of(id).toList()) {
            boolean here = past.what().equals(Verdict.FAILED.name())
                    && deployment.equals(past.attempt().deployment());
            failed = past.act().isEmpty() && (failed || here);
        }
        return failed;
    }

    /** The highest number of an attempt of a migration; 0 when there was none. */
    int lastAttempt(MigrationId id) {
        return of(id).mapToInt(past -> past.attempt().number()).max().orElse(0);
    }

    /** Whether a migration was undone since an attempt of it began; see {@link LedgerState#isUndone}. */
    boolean isUndone(Applied done) {
        Attempt attempt = done.attempt();
        return attempt.token() != null
                && attempts.stream()
                        .filter(past -> past.id().equals(done.id()) && past.isUndoing())
                        .anyMatch(past -> past.attempt().number() >= attempt.number());
    }

    /**
     * The attempts, with a verdict that no longer stands. A repeat takes the place of the one before, and an older
     * checkpoint is of no use: so a restart loop makes nothing grow.
     */
    List<Past> with(@Nullable Halted over) {
        if (over == null) {
            return attempts;
        }
        Past last = Past.of(over);
        List<Past> all = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            Past earlier = attempts.get(i);
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
                .anyMatch(past -> past.id().equals(id) && past.act().isPresent());
    }
}
