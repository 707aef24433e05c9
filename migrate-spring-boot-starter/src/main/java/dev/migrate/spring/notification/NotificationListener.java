package dev.migrate.spring.notification;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.BlockedStartDescriber;
import dev.migrate.internal.reporting.OperatorInstructions;
import dev.migrate.internal.time.Durations;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.notification.Notification.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the events of a run into notifications, and sends each only once. */
final class NotificationListener implements MigrationListener {

    private final RunnerSettings settings;
    private final EnvironmentName environment;
    private final Duration longRunning;
    private final CompositeNotifier notifiers;
    private final TimeSource timeSource;

    private boolean reportedLongRunning;
    /** The verdict on an attempt of this process. It was sent, so the block that follows is not. */
    private @Nullable BlockingVerdict ownVerdict;

    /** The verdict on the previous attempt, which the attempt of this process retries; null if there is none. */
    private @Nullable BlockingVerdict previousVerdict;

    private @Nullable BlockedStart lastSent;
    /** Whether a notification about a problem of this start was sent and not resolved. */
    private boolean alerted;
    /** The number of consecutive events that the ledger is unreachable: the first at once, then one a minute. */
    private int unreachable;

    NotificationListener(
            RunnerSettings settings, Duration longRunning, List<Notifier> notifiers, TimeSource timeSource) {
        this.settings = settings;
        this.environment = settings.environment();
        this.longRunning = longRunning;
        this.notifiers = new CompositeNotifier(notifiers);
        this.timeSource = timeSource;
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        reportedLongRunning = false;
        previousVerdict = started.previousVerdict();
    }

    @Override
    public void onTakenOver(MigrationEvent.TakenOver event) {
        Attempt attempt = event.running().attempt();
        alerted = true;
        send(
                Kind.TAKEN_OVER,
                attempt,
                BlockedStartDescriber.title(attempt) + " in " + environment + " lost its owner: " + attempt.owner()
                        + " sent no heartbeat for "
                        + event.running().lease().toSeconds()
                        + " s. A rerunnable or resumable migration runs again. Any"
                        + " other becomes INTERRUPTED and waits for an operator.",
                null,
                null);
    }

    /** A short outage is not sent. */
    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable event) {
        if (++unreachable == 2) {
            alerted = true;
            send(
                    Kind.LEDGER_UNREACHABLE,
                    null,
                    start() + " cannot reach its ledger and retries: " + event.message(),
                    event.message(),
                    null);
        }
    }

    @Override
    public void onLedgerRecovered(MigrationEvent.LedgerRecovered event) {
        unreachable = 0;
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported event) {
        Attempt attempt = event.running().attempt();
        Duration elapsed = event.elapsed();
        if (elapsed != null && !reportedLongRunning && elapsed.compareTo(longRunning) >= 0) {
            reportedLongRunning = true;
            send(
                    Kind.LONG_RUNNING,
                    attempt,
                    BlockedStartDescriber.title(attempt) + " in " + environment + " has been running for "
                            + Durations.format(elapsed) + ", in " + attempt.owner() + ".",
                    null,
                    elapsed);
        }
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed event) {
        BlockingVerdict verdict = event.verdict();
        ownVerdict = verdict;
        Attempt attempt = verdict.attempt();
        boolean failed = verdict.outcome() == Outcome.FAILED;
        boolean repeated = previousVerdict != null && previousVerdict.outcome() == Outcome.FAILED;
        Kind kind = !failed ? Kind.INTERRUPTED : repeated ? Kind.FAILED_AGAIN : Kind.FAILED;
        alerted = true;
        String error = verdict.error() == null ? "" : ": " + verdict.error();
        send(
                kind,
                attempt,
                BlockedStartDescriber.title(attempt) + (failed ? " failed" : " was interrupted") + " in " + environment
                        + " (attempt "
                        + attempt.number() + deployment(attempt.deployment()) + ")" + error
                        + ". " + OperatorInstructions.of(verdict, settings, Optional.empty()),
                verdict.error(),
                event.elapsed());
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        BlockedStart block = blocked.block();
        BlockingVerdict verdict = block.verdict();
        boolean alreadySent = block.equals(lastSent)
                || (verdict != null
                        && ownVerdict != null
                        && Objects.equals(
                                verdict.attempt().token(), ownVerdict.attempt().token()));
        lastSent = block;
        if (!alreadySent) {
            alerted = true;
            send(
                    Kind.BLOCKED,
                    verdict == null ? null : verdict.attempt(),
                    start() + " is blocked. " + block.description() + " Action: " + block.action(),
                    verdict == null ? block.description() : verdict.error(),
                    null);
        }
    }

    /** Sends that a failed or interrupted migration, of any process, is applied. */
    @Override
    public void onApplied(MigrationEvent.Applied now) {
        AppliedMigration applied = now.applied();
        if (previousVerdict != null) {
            Attempt attempt = applied.attempt();
            boolean failed = previousVerdict.outcome() == Outcome.FAILED;
            send(
                    Kind.RECOVERED,
                    attempt,
                    BlockedStartDescriber.title(attempt) + " is applied in " + environment + " by attempt "
                            + attempt.number()
                            + deployment(attempt.deployment()) + ", after attempt "
                            + previousVerdict.attempt().number() + (failed ? " had failed." : " was interrupted."),
                    null,
                    applied.took());
            previousVerdict = null;
            alerted = false;
        }
    }

    /** Sends that the start resumed, if a problem was sent. */
    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        if (alerted) {
            alerted = false;
            send(Kind.RECOVERED, null, start() + " resumes: it has no pending migration left.", null, null);
        }
    }

    private String start() {
        return "A start in " + environment + " (" + settings.owner() + deployment(settings.deployment()) + ")";
    }

    private static String deployment(@Nullable String name) {
        return name == null ? "" : ", deployment " + name;
    }

    private void send(
            Kind kind, @Nullable Attempt attempt, String text, @Nullable String error, @Nullable Duration elapsed) {
        notifiers.send(new Notification(kind, environment, attempt, text, error, elapsed, timeSource.wallTime()));
    }
}
