package dev.migrate.spring.command;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.PreviewableAction;
import dev.migrate.ledger.LedgerState;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.LedgerFacts;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.run.Planned;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.NoRegister;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.text.ForeignText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that change nothing. */
record Reading(Workplace place, LedgerDesk desk) {

    Answer status() {
        return new Answer.Status(StatusReport.of(place, desk.facts()));
    }

    Answer history(@Nullable MigrationId id) {
        LedgerState state = desk.state();
        List<HistoryRow> rows = HistoryRow.of(state).stream()
                .filter(row -> id == null || row.attempt().id().equals(id))
                .toList();
        if (id != null && rows.isEmpty()) {
            requireKnown(place, id);
        }
        return new Answer.History(rows);
    }

    Answer plan(@Nullable MigrationId to) {
        if (to != null) {
            requireKnown(place, to);
        }
        LedgerFacts facts = desk.facts();
        List<Answer.PlanRow> rows = Planned.of(
                        place.migrations(), facts.settled(), place.settings().to(to))
                .stream()
                .map(Reading::previewed)
                .toList();
        boolean blocked = rows.stream().anyMatch(row -> row.planned().what() == Planned.What.BLOCKED);
        return new Answer.Plan(blocked ? ExitCode.BLOCKED : ExitCode.DONE, NoRegister.of(facts), rows);
    }

    private static Answer.PlanRow previewed(Planned planned) {
        MigrationDefinition migration = planned.migration();
        if (planned.what() != Planned.What.RUN || !PreviewableAction.class.isAssignableFrom(migration.type())) {
            return new Answer.PlanRow(planned, null, null);
        }
        try {
            MigrationAction action = migration.action();
            String preview = action instanceof PreviewableAction previewable ? previewable.preview() : null;
            return new Answer.PlanRow(planned, preview == null ? null : ForeignText.printableLines(preview), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.PlanRow(planned, null, ForeignText.safe(e.toString()));
        } catch (Exception | LinkageError e) {
            return new Answer.PlanRow(planned, null, ForeignText.safe(e.toString()));
        }
    }

    /**
     * Refuses a number that means nothing here.
     *
     * @throws MigrateConfigurationException if this build has no such migration
     */
    static void requireKnown(Workplace place, MigrationId id) {
        if (place.migrations().stream().noneMatch(migration -> migration.id().equals(id))) {
            throw new MigrateConfigurationException(
                    "There is no migration " + id + " in this build for "
                            + place.settings().environment() + ", whose ledger is in "
                            + place.store().describe() + ". Nothing was done.",
                    "Name one that command 'status' lists.");
        }
    }
}
