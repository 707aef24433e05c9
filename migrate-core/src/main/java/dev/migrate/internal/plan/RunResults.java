package dev.migrate.internal.plan;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of a run so far.
 *
 * @param verdictsAtStart the verdicts that the first read found, by {@link #key}; this start is later than those verdicts
 * @param applied the migrations that this run applied, in order
 * @param reverted the migrations that this run reverted, in order
 */
public record RunResults(Set<String> verdictsAtStart, List<AppliedMigration> applied, List<Attempt> reverted) {

    public RunResults {
        verdictsAtStart = Set.copyOf(verdictsAtStart);
        applied = List.copyOf(applied);
        reverted = List.copyOf(reverted);
    }

    public static RunResults of(LedgerState first) {
        Stream<BlockingVerdict> verdicts = Stream.concat(
                first.attempts().stream().flatMap(past -> past.verdict().stream()),
                Optional.ofNullable(first.halted()).stream());
        return new RunResults(verdicts.map(RunResults::key).collect(Collectors.toSet()), List.of(), List.of());
    }

    /** The key of a verdict: attempt and outcome, because a late owner can replace the verdict that another process wrote on the same attempt. */
    public static String key(BlockingVerdict halted) {
        return halted.attempt().token() + " " + halted.outcome();
    }

    public RunResults applied(AppliedMigration done) {
        List<AppliedMigration> more = new ArrayList<>(applied);
        more.add(done);
        return new RunResults(verdictsAtStart, more, reverted);
    }

    public boolean hasReverted(MigrationId id) {
        return reverted.stream().anyMatch(attempt -> attempt.id().equals(id));
    }

    public RunResults reverted(Attempt attempt) {
        List<Attempt> more = new ArrayList<>(reverted);
        more.add(attempt);
        return new RunResults(verdictsAtStart, applied, more);
    }
}
