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
 * The content of the endpoint: the state of this process and, if the ledger can be read, of all migrations.
 *
 * @param enabled whether migrations are enabled in this process
 * @param process the state of the startup of this process
 * @param context the context of the startup; null until it is created, and if migrations are disabled
 * @param ledger the cached ledger; null without a context
 * @param status the state of every migration; null until the ledger is read
 */
record MigrationsDescriptor(
        boolean enabled,
        Snapshot process,
        @Nullable StartupContext context,
        @Nullable CachedLedger ledger,
        @Nullable StatusReport status) {

    static MigrationsDescriptor of(boolean enabled, MigrationMonitor monitor, CachedLedgerReader ledgerReader) {
        StartupContext startupContext = monitor.context().orElse(null);
        CachedLedger cached = startupContext == null ? null : ledgerReader.of(startupContext);
        LedgerReport report = cached == null ? null : cached.ledger();
        StatusReport status = startupContext == null || report == null ? null : StatusReport.of(startupContext, report);
        // Taken last, so that the state of this process is not older than the state in the ledger.
        return new MigrationsDescriptor(enabled, monitor.snapshot(), startupContext, cached, status);
    }

    /** Returns why the ledger cannot be read, else why the declarations are invalid, else null. */
    @Nullable
    Problem problem() {
        if (ledger != null && ledger.problem() != null) {
            return ledger.problem();
        }
        return status == null ? null : status.problem();
    }

    /** Returns the name of the environment; "this service" if it is unknown. */
    String environment() {
        return context == null
                ? "this service"
                : context.settings().environment().value();
    }

    /** Returns all events, the oldest first. */
    List<HistoryRow> history() {
        LedgerReport report = ledger == null ? null : ledger.ledger();
        return report == null ? List.of() : HistoryRow.of(report.state());
    }

    /** Returns the events of one migration, the oldest first. */
    List<HistoryRow> history(String id) {
        return MigrationId.parse(id)
                .map(number -> history().stream()
                        .filter(row -> row.attempt().id().equals(number))
                        .toList())
                .orElse(List.of());
    }

    /** Returns the state of one migration; empty if it is neither in this build nor in the ledger. */
    Optional<StatusRow> row(String id) {
        return status == null
                ? Optional.empty()
                : status.rows().stream().filter(row -> isSame(row.id(), id)).findFirst();
    }

    /** Tells whether a migration is known not to exist. This is false until the ledger is read. */
    boolean isAbsent(String id) {
        boolean unknown = enabled && status == null && MigrationId.parse(id).isPresent();
        return !unknown && row(id).isEmpty() && history(id).isEmpty();
    }

    /** Returns the problem to report for a migration that does not exist. */
    Problem absent() {
        return enabled
                ? new Problem(
                        "There is no such migration: it is neither in this build nor in the ledger.",
                        "Request the endpoint without a number to list all migrations.")
                : new Problem(
                        "Migrations are disabled in this process (migrate.enabled=false), so it does not know this"
                                + " migration.",
                        "Query a process in which migrations are enabled, or run command 'status'.");
    }

    private static boolean isSame(String one, String other) {
        Optional<MigrationId> number = MigrationId.parse(one);
        return number.isPresent() ? number.equals(MigrationId.parse(other)) : one.equals(other);
    }
}
