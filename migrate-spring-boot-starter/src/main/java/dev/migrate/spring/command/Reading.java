package dev.migrate.spring.command;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.PreviewableAction;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.run.LedgerDesk;
import dev.migrate.run.LedgerFacts;
import dev.migrate.run.MigrationDefinition;
import dev.migrate.run.Planned;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.Workplace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands that change nothing. */
record Reading(Workplace place, LedgerDesk desk) {

    Answer status() {
        LedgerFacts facts = desk.facts();
        LedgerState state = facts.state();
        int exitCode;
        Answer.Problem problem = null;
        try {
            exitCode = Readiness.of(place, state).exitCode();
        } catch (MigrationDefinitionException e) { // no reason to keep quiet about the rest
            exitCode = ExitCode.CONFIGURATION;
            problem = Answer.Problem.of(e);
        }
        return new Answer.Status(
                exitCode,
                problem,
                facts.exists(),
                rows(state),
                state.running(),
                state.halted(),
                facts.withoutReceipt(),
                facts.withoutRecord());
    }

    private List<StatusRow> rows(LedgerState state) {
        List<StatusRow> rows = new ArrayList<>();
        Set<MigrationId> here = new HashSet<>();
        for (MigrationDefinition migration : place.migrations()) {
            here.add(migration.id());
            rows.add(StatusRow.of(migration, state));
        }
        Halted halted = state.halted();
        Running running = state.running();
        if (halted != null && here.add(halted.id())) {
            rows.add(StatusRow.halted(halted).notInThisBuild());
        }
        if (running != null && here.add(running.id())) {
            rows.add(StatusRow.running(running).notInThisBuild());
        }
        for (Applied applied : state.applied()) {
            if (here.add(applied.id())) {
                rows.add(StatusRow.applied(applied, state, false));
            }
        }
        rows.sort(Comparator.comparing(row -> MigrationId.of(row.id())));
        place.ignored().stream().map(StatusRow::ignored).forEach(rows::add);
        return rows;
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
        List<Answer.PlanRow> rows = Planned.of(
                        place.migrations(), desk.state(), place.settings().to(to))
                .stream()
                .map(Reading::previewed)
                .toList();
        boolean blocked = rows.stream().anyMatch(row -> row.planned().what() == Planned.What.BLOCKED);
        return new Answer.Plan(blocked ? ExitCode.BLOCKED : ExitCode.DONE, rows);
    }

    private static Answer.PlanRow previewed(Planned planned) {
        MigrationDefinition migration = planned.migration();
        if (planned.what() != Planned.What.RUN || !PreviewableAction.class.isAssignableFrom(migration.type())) {
            return new Answer.PlanRow(planned, null, null);
        }
        try {
            MigrationAction action = migration.action();
            String preview = action instanceof PreviewableAction previewable ? previewable.preview() : null;
            return new Answer.PlanRow(planned, preview, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.PlanRow(planned, null, e.toString());
        } catch (Exception | LinkageError e) {
            return new Answer.PlanRow(planned, null, e.toString());
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
                            + place.settings().environment() + ". Nothing was done.",
                    "Name one that command 'status' lists.");
        }
    }
}
