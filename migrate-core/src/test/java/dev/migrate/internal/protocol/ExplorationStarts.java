package dev.migrate.internal.protocol;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.RunningMigration;
import dev.migrate.testing.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the moment at which an action of a small world starts. */
final class ExplorationStarts {

    private final ExplorationFacts facts;

    ExplorationStarts(ExplorationFacts facts) {
        this.facts = facts;
    }

    void judge(ExplorationMoment moment, ExploredMoment.Run start, Attempt attempt) {
        LedgerState state = facts.state(moment.objects);
        RunningMigration running = state == null ? null : state.running();
        if (running == null || !running.attempt().equals(attempt)) {
            facts.broken(Promise.CLAIM, start + " without its claim in the register");
        }
        if (moment.now - moment.wroteAt >= Exploration.LEASE.toNanos()) {
            facts.broken(Promise.DEADLINE, start + " after its lease");
        }
        for (ExploredMoment.Run other : moment.runs) {
            boolean runs =
                    !other.ended() && moment.processes.get(other.process()).status() != ExploredMoment.Status.DEAD;
            if (runs && !other.known().takenOver()) {
                facts.broken(Promise.ALONE, start + " beside " + other);
            }
        }
        List<ExploredMoment.Run> before = ExplorationFacts.sinceReverted(moment.runs, start.migration());
        if (start.reverts()) {
            reverted(start, before, state);
        } else {
            migrated(moment, start, before);
        }
    }

    private void reverted(ExploredMoment.Run start, List<ExploredMoment.Run> before, @Nullable LedgerState state) {
        MigrationId id = facts.migrations.get(start.migration()).id();
        if (state == null || state.applied(id).isEmpty()) {
            facts.broken(Promise.REVERT, start + " though it is not applied");
        } else if (state.applied().stream().anyMatch(above -> above.id().compareTo(id) > 0)) {
            facts.broken(Promise.REVERT, start + " before those above it are reverted");
        }
        before.stream()
                .filter(run -> run.reverts() && !run.threw())
                .findFirst()
                .ifPresent(half -> facts.broken(Promise.RESTART, start + " after " + half));
    }

    private void migrated(ExplorationMoment moment, ExploredMoment.Run start, List<ExploredMoment.Run> before) {
        SimMigration migration = facts.migrations.get(start.migration());
        boolean failedElsewhere = !before.isEmpty()
                && before.get(before.size() - 1).threw()
                && before.stream()
                        .noneMatch(run -> run.threw() && facts.deployment(run).equals(facts.deployment(start)));
        boolean inPart = before.stream().anyMatch(ExploredMoment.Run::reverts);
        if (inPart || !before.isEmpty() && !migration.restartable() && !failedElsewhere) {
            facts.broken(Promise.RESTART, start + " without permission, after " + before);
        }
        for (int earlier = 0; earlier < start.migration(); earlier++) {
            if (!facts.receipt(moment.objects, earlier)) {
                facts.broken(Promise.ORDER, start + " before " + facts.migrations.get(earlier));
            }
        }
        int held = before.stream().mapToInt(run -> run.known().written()).max().orElse(0);
        if (facts.isResumable(start) && start.from() < held) {
            facts.broken(Promise.CHECKPOINT, start + " though the register held " + held);
        }
    }
}
