package dev.migrate.spring.command;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.PreviewableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.internal.plan.StartPlan;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.MissingRegisterMessage;
import dev.migrate.spring.report.StatusReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The read-only commands. */
record QueryCommands(StartupContext context, LedgerOperations ledger) {

    CommandResult status() {
        return new CommandResult.Status(StatusReport.of(context, ledger.report()));
    }

    CommandResult history(@Nullable MigrationId id) {
        LedgerState state = ledger.state();
        List<HistoryRow> rows = HistoryRow.of(state).stream()
                .filter(row -> id == null || row.attempt().id().equals(id))
                .toList();
        if (id != null && rows.isEmpty()) {
            requireKnown(context, id);
        }
        return new CommandResult.History(rows);
    }

    CommandResult plan(@Nullable MigrationId to) {
        if (to != null) {
            requireKnown(context, to);
        }
        LedgerReport report = ledger.report();
        StartPlan plan = StartPlan.of(
                context.migrations(), report.reconciled(), context.settings().upTo(to));
        return new CommandResult.Plan(
                plan.obstacle().orElse(null),
                MissingRegisterMessage.of(report),
                plan.migrations().stream().map(QueryCommands::previewed).toList());
    }

    private static CommandResult.PlanRow previewed(PlannedMigration planned) {
        MigrationDefinition migration = planned.migration();
        if (planned.action() != PlannedMigration.PlannedAction.RUN
                || !PreviewableAction.class.isAssignableFrom(migration.type())) {
            return new CommandResult.PlanRow(planned, null, null);
        }
        try {
            MigrationAction action = migration.action();
            String preview = action instanceof PreviewableAction previewable ? previewable.preview() : null;
            return new CommandResult.PlanRow(
                    planned, preview == null ? null : ForeignText.printableLines(preview), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandResult.PlanRow(planned, null, ForeignText.safe(e.toString()));
        } catch (Exception | LinkageError e) {
            return new CommandResult.PlanRow(planned, null, ForeignText.safe(e.toString()));
        }
    }

    /**
     * Rejects a number that this build does not contain.
     *
     * @throws MigrateConfigurationException if this build has no such migration
     */
    static void requireKnown(StartupContext context, MigrationId id) {
        if (context.migrations().stream().noneMatch(migration -> migration.id().equals(id))) {
            throw new MigrateConfigurationException(
                    "There is no migration " + id + " in this build for "
                            + context.settings().environment() + ", whose ledger is in "
                            + context.store().describe() + ". Nothing was done.",
                    "Use a number that command 'status' lists.");
        }
    }
}
