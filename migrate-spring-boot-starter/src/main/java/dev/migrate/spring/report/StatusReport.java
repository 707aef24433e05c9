package dev.migrate.spring.report;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.reporting.OperatorInstructions;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.StartupContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of every migration.
 *
 * @param exitCode whether the build may serve, as one of {@link ExitCode}
 * @param problem why the declarations are invalid, or null
 * @param noRegister the message if there is no register; null if there is one
 * @param rows the migrations of this build and of the ledger, in order
 * @param running the running migration, or null
 * @param halted the current verdict, or null
 * @param settled whether the next start replaces the verdict, because the receipt shows how the attempt ended
 * @param withoutReceipt the applied migrations whose receipt is gone
 * @param withoutRecord the migrations that have a receipt and are not recorded as applied
 * @since 0.1
 */
public record StatusReport(
        int exitCode,
        @Nullable Problem problem,
        @Nullable String noRegister,
        List<StatusRow> rows,
        @Nullable RunningMigration running,
        @Nullable BlockingVerdict halted,
        boolean settled,
        List<MigrationId> withoutReceipt,
        List<MigrationId> withoutRecord) {

    /**
     * Compares the build with the ledger.
     *
     * @param context the build, and its environment
     * @param ledger the report on the ledger
     * @return the report
     */
    public static StatusReport of(StartupContext context, LedgerReport ledger) {
        LedgerState state = ledger.state();
        BlockingVerdict halted = state.halted();
        int exitCode;
        Problem problem = null;
        try {
            exitCode = StartPreview.of(context, ledger.reconciled()).exitCode();
        } catch (MigrationDefinitionException e) { // the report still lists the migrations
            exitCode = ExitCode.CONFIGURATION;
            problem = Problem.of(e);
        }
        return new StatusReport(
                exitCode,
                problem,
                MissingRegisterMessage.of(ledger),
                rows(context, state),
                state.running(),
                halted,
                halted != null && ledger.reconciled().halted() == null,
                ledger.withoutReceipt(),
                ledger.withoutRecord());
    }

    /**
     * Describes how the receipt changes the current verdict.
     *
     * @return whole sentences; empty if the receipt confirms the verdict
     */
    public Optional<String> settlement() {
        return halted == null || !settled
                ? Optional.empty()
                : Optional.of(
                        halted.attempt().isRevert()
                                ? "Its receipt is gone, so the revert completed. The next start that has the migration records it as pending."
                                : "Its receipt exists, so the migration had finished. The next start that has it records it as"
                                        + " applied.");
    }

    /**
     * What an operator can do now about the verdict.
     *
     * @param context the build, and its environment
     * @return a sentence or more; empty if there is no verdict
     */
    public String advice(StartupContext context) {
        if (halted == null) {
            return "";
        }
        return settlement().orElseGet(() -> switch (exitCode) {
            case ExitCode.BLOCKED -> OperatorInstructions.of(halted, context.settings(), context.migrations());
            case ExitCode.PENDING ->
                "The next start of this build retries it."
                        + (context.settings().deployment() == null
                                ? " (This process does not know its deployment: see migrate.deployment.)"
                                : "");
            default -> "It does not block this build.";
        });
    }

    /**
     * A difference between the receipts and the register.
     *
     * @param title what differs, and for which migrations
     * @param advice what it means
     * @since 0.1
     */
    public record Difference(String title, String advice) {}

    /**
     * The differences between the receipts and the register.
     *
     * @return the differences; empty without a register
     */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        if (!withoutReceipt.isEmpty()) {
            differences.add(new Difference(
                    "Applied without a receipt: " + ids(withoutReceipt),
                    "The receipt was deleted. The migration does not run again unless you use 'retry'."));
        }
        if (exists() && !withoutRecord.isEmpty()) {
            differences.add(new Difference(
                    "A receipt without a record: " + ids(withoutRecord),
                    "The receipt takes effect only if the migration is FAILED or INTERRUPTED."));
        }
        return differences;
    }

    private static String ids(List<MigrationId> ids) {
        return ids.stream().map(MigrationId::toString).collect(Collectors.joining(", "));
    }

    /**
     * Tells whether there is a register.
     *
     * @return whether there is one
     */
    public boolean exists() {
        return noRegister == null;
    }

    private static List<StatusRow> rows(StartupContext context, LedgerState state) {
        List<StatusRow> rows = new ArrayList<>();
        Set<MigrationId> known = new HashSet<>();
        for (MigrationDefinition migration : context.migrations()) {
            known.add(migration.id());
            rows.add(StatusRow.of(migration, state));
        }
        BlockingVerdict halted = state.halted();
        RunningMigration running = state.running();
        if (halted != null && known.add(halted.id())) {
            rows.add(StatusRow.halted(halted).notInThisBuild());
        }
        if (running != null && known.add(running.id())) {
            rows.add(StatusRow.running(running).notInThisBuild());
        }
        for (AppliedMigration applied : state.applied()) {
            if (known.add(applied.id())) {
                rows.add(StatusRow.applied(applied, state, false));
            }
        }
        rows.sort(Comparator.comparing(row -> MigrationId.of(row.id())));
        context.ignored().stream().map(StatusRow::ignored).forEach(rows::add);
        return rows;
    }
}
