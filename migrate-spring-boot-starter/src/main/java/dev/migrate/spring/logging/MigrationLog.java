package dev.migrate.spring.logging;

import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the events of a run: a readable sentence with key-values ({@code event=migration.applied}) for structured logs
 * and metric filters.
 */
public final class MigrationLog implements MigrationListener {

    private static final String NO_WEB_SERVER = " This application has no web server, so no probe shows that it is"
            + " blocked. Set migrate.on-failure=exit to end the process instead.";

    private final LogEvents entries;
    private final Application application;

    /** The verdict on the previous attempt, which the current attempt retries; null if there is none. */
    private @Nullable BlockingVerdict previousVerdict;

    /**
     * What the log says of the application.
     *
     * @param ledger the location of the ledger
     * @param found the number of migrations of the run
     * @param noneFound says that the application has no migration for any environment, else null
     * @param webServer whether the application has a web server, whose probes show that it is blocked
     */
    public record Application(String ledger, int found, @Nullable String noneFound, boolean webServer) {}

    /** Creates a log for one run. */
    public MigrationLog(LogEvents entries, Application application) {
        this.entries = entries;
        this.application = application;
    }

    @Override
    public void onNotice(MigrationEvent.Notice noticed) {
        entry(noticed.warning() ? Level.WARN : Level.INFO, "migrations.noticed").log(noticed.message());
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        previousVerdict = started.previousVerdict();
        previousVerdict(of(started.attempt(), Level.INFO, "migration.started"))
                .log(
                        "{} {} starts in {}{}",
                        subject(started.attempt()),
                        started.attempt().displayName(),
                        entries.environment(),
                        previousVerdict == null
                                ? ""
                                : ", after attempt " + previousVerdict.attempt().number() + " was "
                                        + previousVerdict.outcome());
    }

    @Override
    public void onWaiting(MigrationEvent.Waiting waiting) {
        Attempt attempt = waiting.running().attempt();
        of(attempt, Level.INFO, "migrations.waiting")
                .addKeyValue("owner", String.valueOf(attempt.owner()))
                .log(
                        "Waiting for {}, which {} migration {} since {} (its lease is {} s)",
                        attempt.owner(),
                        attempt.isRevert() ? "undoes" : "runs",
                        attempt.displayName(),
                        attempt.startedAt(),
                        waiting.running().lease().toSeconds());
    }

    @Override
    public void onReverted(MigrationEvent.Reverted reverted) {
        elapsed(of(reverted.attempt(), Level.INFO, "migration.reverted"), reverted.elapsed())
                .log("Migration {} is reverted in {}", reverted.attempt().displayName(), entries.environment());
    }

    @Override
    public void onTakenOver(MigrationEvent.TakenOver event) {
        Attempt attempt = event.running().attempt();
        of(attempt, Level.WARN, "migration.taken-over")
                .addKeyValue("owner", String.valueOf(attempt.owner()))
                .log(
                        "The lease of {} on migration {} expired; this process takes over",
                        attempt.owner(),
                        attempt.displayName());
    }

    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable unreachable) {
        entry(Level.WARN, "migrations.ledger-unreachable")
                .log("The ledger cannot be reached; Migrate keeps retrying: {}", unreachable.message());
    }

    @Override
    public void onLedgerRecovered(MigrationEvent.LedgerRecovered reached) {
        entry(Level.INFO, "migrations.ledger-back").log("The ledger answers again");
    }

    @Override
    public void onRunStarted(MigrationEvent.RunStarted opened) {
        if (application.noneFound() != null) {
            entry(Level.WARN, "migrations.none-found")
                    .log(
                            "{} The ledger of {} holds {} as applied. If this is unexpected, check migrate.packages and"
                                    + " how the application is built.",
                            application.noneFound(),
                            entries.environment(),
                            opened.applied());
        } else if (application.found() == 0 && opened.applied() > 0) {
            entry(Level.WARN, "migrations.none-found")
                    .log(
                            "No migration of the application is for the environment {}, but its ledger holds {} as"
                                    + " applied. If this is unexpected, check the environments of the migrations.",
                            entries.environment(),
                            opened.applied());
        }
        if (!opened.pending().isEmpty()) {
            entry(Level.INFO, "migrations.opened")
                    .log(
                            "Pending in {}: {} (ledger {}, deployment {})",
                            entries.environment(),
                            opened.pending(),
                            application.ledger(),
                            entries.deployment());
        }
    }

    @Override
    public void onApplied(MigrationEvent.Applied event) {
        AppliedMigration applied = event.applied();
        Duration took = Objects.requireNonNullElse(applied.took(), Duration.ZERO);
        previousVerdict(of(applied.attempt(), Level.INFO, "migration.applied"))
                .addKeyValue("elapsedMillis", took.toMillis())
                .log(
                        "Migration {} is applied in {} after {} ms",
                        applied.attempt().displayName(),
                        entries.environment(),
                        took.toMillis());
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed event) {
        boolean failed = event.verdict().outcome() == Outcome.FAILED;
        Attempt attempt = event.verdict().attempt();
        elapsed(
                        previousVerdict(
                                of(attempt, Level.ERROR, failed ? "migration.failed" : "migration.interrupted")),
                        event.elapsed())
                .setCause(event.cause())
                .log(
                        "{} {} {} in {}",
                        subject(attempt),
                        attempt.displayName(),
                        failed ? "failed" : "was interrupted",
                        entries.environment());
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        BlockedStart block = blocked.block();
        LoggingEventBuilder entry = block.verdict() == null
                ? entry(Level.ERROR, "migrations.blocked")
                : of(block.verdict().attempt(), Level.ERROR, "migrations.blocked");
        entry.log(
                "Startup is blocked. {} Action: {}{}",
                block.description(),
                block.action(),
                application.webServer() ? "" : NO_WEB_SERVER);
    }

    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        MigrationReport report = completed.report();
        entry(Level.INFO, "migrations.completed")
                .addKeyValue("applied", report.applied().size())
                .addKeyValue("elapsedMillis", report.elapsed().toMillis())
                .log(
                        "Migrations of {} are complete: {} applied now, {} found in the application, {} ms (ledger {},"
                                + " deployment {})",
                        entries.environment(),
                        report.applied().size(),
                        report.total(),
                        report.elapsed().toMillis(),
                        application.ledger(),
                        entries.deployment());
    }

    private static String subject(Attempt attempt) {
        return attempt.isRevert() ? "Reverting migration" : "Migration";
    }

    private LoggingEventBuilder of(Attempt attempt, Level level, String event) {
        return entries.of(attempt, level, event);
    }

    private LoggingEventBuilder entry(Level level, String event) {
        return entries.of(level, event);
    }

    private LoggingEventBuilder previousVerdict(LoggingEventBuilder entry) {
        return previousVerdict == null
                ? entry
                : entry.addKeyValue("after", previousVerdict.outcome().name().toLowerCase(Locale.ROOT));
    }

    /** Adds the elapsed time of the action, if this process started it. */
    private static LoggingEventBuilder elapsed(LoggingEventBuilder entry, @Nullable Duration elapsed) {
        return elapsed == null ? entry : entry.addKeyValue("elapsedMillis", elapsed.toMillis());
    }
}
