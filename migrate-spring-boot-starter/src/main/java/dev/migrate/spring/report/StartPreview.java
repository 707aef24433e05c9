package dev.migrate.spring.report;

import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.plan.Decision;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.internal.plan.StartPlan;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.StartupContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application of this build may serve, by the same decisions that a start takes.
 *
 * @param pending what is to run first
 * @param halted the verdict that this build does not get past, or null
 * @param running what somebody runs, or null
 * @since 0.1
 */
public record StartPreview(
        List<PlannedMigration> pending, @Nullable BlockingVerdict halted, @Nullable RunningMigration running) {

    /**
     * Holds the build against the ledger.
     *
     * @param place the build, and where it is
     * @param state what the ledger says
     * @return whether it may serve
     * @throws dev.migrate.MigrationDefinitionException if the migrations cannot be run as they are declared
     */
    public static StartPreview of(StartupContext place, LedgerState state) {
        StartPlan plan = StartPlan.of(place.migrations(), state, place.settings());
        List<PlannedMigration> pending = plan.migrations().stream()
                .filter(planned -> planned.action() != PlannedMigration.PlannedAction.SKIP)
                .toList();
        return new StartPreview(
                pending,
                plan.last() instanceof Decision.Blocked blocked ? blocked.halted() : null,
                plan.last() instanceof Decision.Wait wait ? wait.running() : null);
    }

    /**
     * Whether nothing is in the way.
     *
     * @return whether it may serve
     */
    public boolean isOpen() {
        return pending.isEmpty() && halted == null && running == null;
    }

    /**
     * What it means as an exit code.
     *
     * @return one of {@link ExitCode}
     */
    public int exitCode() {
        if (isOpen()) {
            return ExitCode.DONE;
        }
        return halted == null ? ExitCode.PENDING : ExitCode.BLOCKED;
    }
}
