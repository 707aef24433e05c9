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
 * Whether an application of this build may serve requests, according to the decisions that a start makes.
 *
 * @param pending the migrations that must run first
 * @param halted the verdict that blocks this build, or null
 * @param running the running migration, or null
 * @since 0.1
 */
public record StartPreview(
        List<PlannedMigration> pending, @Nullable BlockingVerdict halted, @Nullable RunningMigration running) {

    /**
     * Compares the build with the ledger.
     *
     * @param context the build, and its environment
     * @param state the state of the ledger
     * @return the preview
     * @throws dev.migrate.MigrationDefinitionException if the declarations are invalid
     */
    public static StartPreview of(StartupContext context, LedgerState state) {
        StartPlan plan = StartPlan.of(context.migrations(), state, context.settings());
        List<PlannedMigration> pending = plan.migrations().stream()
                .filter(planned -> planned.action() != PlannedMigration.PlannedAction.SKIP)
                .toList();
        return new StartPreview(
                pending,
                plan.last() instanceof Decision.Blocked blocked ? blocked.halted() : null,
                plan.last() instanceof Decision.Wait wait ? wait.running() : null);
    }

    /**
     * Tells whether the application may serve requests.
     *
     * @return whether it may serve
     */
    public boolean isOpen() {
        return pending.isEmpty() && halted == null && running == null;
    }

    /**
     * Returns the exit code.
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
