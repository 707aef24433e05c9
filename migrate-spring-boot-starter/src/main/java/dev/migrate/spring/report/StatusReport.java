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
 * How every migration stands.
 *
 * @param exitCode whether the build may serve, as one of {@link ExitCode}
 * @param problem why the migrations cannot be run as they are declared, or null
 * @param noRegister what there is to say where there is no register; null where there is one
 * @param rows the migrations of this build and of the ledger, in order
 * @param running what somebody runs, or null
 * @param halted the verdict that stands, or null
 * @param settled whether it stands no more for the next start, which finds by the receipt how the attempt ended
 * @param withoutReceipt what counts as applied though its receipt is gone
 * @param withoutRecord what has a receipt and does not count as applied
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
     * Holds the build against the ledger.
     *
     * @param place the build, and where it is
     * @param facts what the ledger says
     * @return how every migration stands
     */
    public static StatusReport of(StartupContext place, LedgerReport facts) {
        LedgerState state = facts.state();
        BlockingVerdict halted = state.halted();
        int exitCode;
        Problem problem = null;
        try {
            exitCode = StartPreview.of(place, facts.reconciled()).exitCode();
        } catch (MigrationDefinitionException e) { // no reason to keep quiet about the rest
            exitCode = ExitCode.CONFIGURATION;
            problem = Problem.of(e);
        }
        return new StatusReport(
                exitCode,
                problem,
                MissingRegisterMessage.of(facts),
                rows(place, state),
                state.running(),
                halted,
                halted != null && facts.reconciled().halted() == null,
                facts.withoutReceipt(),
                facts.withoutRecord());
    }

    /**
     * What its receipt tells of the verdict that stands.
     *
     * @return a sentence or two; empty where it tells nothing else
     */
    public Optional<String> settlement() {
        return halted == null || !settled
                ? Optional.empty()
                : Optional.of(
                        halted.attempt().isRevert()
                                ? "But its receipt is gone, so it is reverted. The next start that has it counts it as pending."
                                : "But its receipt is there: it had finished. The next start that has it counts it as"
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
     * @return the differences; without a register there is none to compare with
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
     * Whether there is a register.
     *
     * @return whether there is one
     */
    public boolean exists() {
        return noRegister == null;
    }

    private static List<StatusRow> rows(StartupContext place, LedgerState state) {
        List<StatusRow> rows = new ArrayList<>();
        Set<MigrationId> here = new HashSet<>();
        for (MigrationDefinition migration : place.migrations()) {
            here.add(migration.id());
            rows.add(StatusRow.of(migration, state));
        }
        BlockingVerdict halted = state.halted();
        RunningMigration running = state.running();
        if (halted != null && here.add(halted.id())) {
            rows.add(StatusRow.halted(halted).notInThisBuild());
        }
        if (running != null && here.add(running.id())) {
            rows.add(StatusRow.running(running).notInThisBuild());
        }
        for (AppliedMigration applied : state.applied()) {
            if (here.add(applied.id())) {
                rows.add(StatusRow.applied(applied, state, false));
            }
        }
        rows.sort(Comparator.comparing(row -> MigrationId.of(row.id())));
        place.ignored().stream().map(StatusRow::ignored).forEach(rows::add);
        return rows;
    }
}
