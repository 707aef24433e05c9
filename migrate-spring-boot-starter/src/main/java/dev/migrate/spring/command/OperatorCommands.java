package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.internal.operations.LedgerOperations;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.HistoryRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that change the ledger without running a migration. */
record OperatorCommands(StartupContext context, LedgerOperations ledger, Operator by, @Nullable String reason) {

    CommandResult stamp(MigrationId to) {
        List<MigrationId> stamped = ledger.stamp(context.migrations(), to, by, reason);
        return answer(stamped.stream()
                .map(id -> new CommandResult.ChangedMigration(id, name(id), CommandResult.NewState.APPLIED))
                .toList());
    }

    CommandResult resolve(MigrationId id) {
        requireKnown(id);
        return answer(List.of(became(id, ledger.resolve(id, by, reason))));
    }

    CommandResult retry(MigrationId id) {
        requireKnown(id);
        return answer(List.of(became(id, ledger.retry(id, by, reason))));
    }

    /** Accepts a migration of the ledger too, even if this build does not contain it. */
    private void requireKnown(MigrationId id) {
        boolean inLedger = HistoryRow.of(ledger.state()).stream()
                .anyMatch(row -> row.attempt().id().equals(id));
        if (!inLedger) {
            QueryCommands.requireKnown(context, id);
        }
    }

    private CommandResult answer(List<CommandResult.ChangedMigration> changed) {
        return new CommandResult.Decision(changed, by, reason);
    }

    private CommandResult.ChangedMigration became(MigrationId id, LedgerState state) {
        return new CommandResult.ChangedMigration(
                id,
                name(id),
                state.applied(id).isPresent() ? CommandResult.NewState.APPLIED : CommandResult.NewState.PENDING);
    }

    private @Nullable String name(MigrationId id) {
        return context.migrations().stream()
                .filter(migration -> migration.id().equals(id))
                .map(MigrationDefinition::name)
                .findFirst()
                .orElse(null);
    }
}
