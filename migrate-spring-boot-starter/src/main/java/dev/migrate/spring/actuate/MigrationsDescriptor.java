package dev.migrate.spring.actuate;

import dev.migrate.MigrationId;
import dev.migrate.internal.operations.LedgerReport;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.actuate.CachedLedgerReader.CachedLedger;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.report.StatusRow;
import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that can be told of migrations at one moment, by a process that may not be able to read its ledger.
 *
 * @param enabled whether migrations are run here at all
 * @param process how far the start of this process has come
 * @param context where the process is; null while it does not know, and when migrations are disabled
 * @param ledger what is known of the ledger; null without a place
 * @param status how every migration stands; null while nothing was read
 */
record MigrationsDescriptor(
        boolean enabled,
        Snapshot process,
        @Nullable StartupContext context,
        @Nullable CachedLedger ledger,
        @Nullable StatusReport status) {

    static MigrationsDescriptor of(boolean enabled, MigrationMonitor monitor, CachedLedgerReader view) {
        StartupContext place = monitor.context().orElse(null);
        CachedLedger seen = place == null ? null : view.of(place);
        LedgerReport facts = seen == null ? null : seen.ledger();
        StatusReport status = place == null || facts == null ? null : StatusReport.of(place, facts);
        // Taken last: what the ledger says of this process is not later than what the process says.
        return new MigrationsDescriptor(enabled, monitor.snapshot(), place, seen, status);
    }

    /** Why the ledger cannot be read; else why the migrations cannot be run as they are declared; else null. */
    @Nullable
    Problem problem() {
        if (ledger != null && ledger.problem() != null) {
            return ledger.problem();
        }
        return status == null ? null : status.problem();
    }

    /** All that happened, in order of time. */
    List<HistoryRow> history() {
        LedgerReport facts = ledger == null ? null : ledger.ledger();
        return facts == null ? List.of() : HistoryRow.of(facts.state());
    }

    /** What happened to one migration, in order of time. */
    List<HistoryRow> history(String id) {
        return MigrationId.parse(id)
                .map(number -> history().stream()
                        .filter(row -> row.attempt().id().equals(number))
                        .toList())
                .orElse(List.of());
    }

    /** How one migration stands; empty when it is neither in this build nor in the ledger. */
    Optional<StatusRow> row(String id) {
        return status == null
                ? Optional.empty()
                : status.rows().stream().filter(row -> isSame(row.id(), id)).findFirst();
    }

    /** Whether a migration is nowhere for certain: as long as the ledger was not read, it may be there. */
    boolean isNowhere(String id) {
        boolean unknown = enabled && status == null && MigrationId.parse(id).isPresent();
        return !unknown && row(id).isEmpty() && history(id).isEmpty();
    }

    /** Why there is nothing to tell of a migration that is nowhere. */
    Problem nowhere() {
        return enabled
                ? new Problem(
                        "There is no such migration: it is neither in this build nor in the ledger.",
                        "Ask without a number: that lists all that there are.")
                : new Problem(
                        "Nothing is known of it here: migrations are disabled in this process (migrate.enabled=false).",
                        "Ask a process in which they are on, or command 'status'.");
    }

    private static boolean isSame(String one, String other) {
        Optional<MigrationId> number = MigrationId.parse(one);
        return number.isPresent() ? number.equals(MigrationId.parse(other)) : one.equals(other);
    }
}
