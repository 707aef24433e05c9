package dev.migrate.spring.notification;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.plan.RunnerSettings;
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
import org.jspecify.annotations.Nullable;

/** Makes notices of what happens in a run: each thing once, however often the run repeats it. */
final class NotificationListener implements MigrationListener {

    private final RunnerSettings settings;
    private final EnvironmentName environment;
    private final Duration longRunning;
    private final CompositeNotifier senders;
    private final TimeSource timeSource;

    private boolean reportedLongRunning;
    /** The verdict of this process on its own action: whoever is told of it need not be told that it blocks. */
    private @Nullable BlockingVerdict own;

    /** The verdict that the action of this process is to make good; null when there is none. */
    private @Nullable BlockingVerdict after;

    private @Nullable BlockedStart sent;
    /** Whether people know of something that keeps this start from going on. */
    private boolean alerted;
    /** How often in a row the ledger was said not to answer: at once, and every minute. */
    private int unreachable;

    NotificationListener(RunnerSettings settings, Duration longRunning, List<Notifier> senders, TimeSource timeSource) {
        this.settings = settings;
        this.environment = settings.environment();
        this.longRunning = longRunning;
        this.senders = new CompositeNotifier(senders);
        this.timeSource = timeSource;
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        reportedLongRunning = false;
        after = started.previousVerdict();
    }

    @Override
    public void onTakenOver(MigrationEvent.TakenOver taken) {
        Attempt attempt = taken.running().attempt();
        alerted = true;
        send(
                Kind.TAKEN_OVER,
                attempt,
                what(attempt) + " in " + environment + " lost its owner: " + attempt.owner()
                        + " sent no heartbeat for "
                        + taken.running().lease().toSeconds() + " s. What may be started again is; anything else is"
                        + " INTERRUPTED, and waits for a person.",
                null,
                null);
    }

    /** A short outage is nobody's business. */
    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable lost) {
        if (++unreachable == 2) {
            alerted = true;
            send(
                    Kind.LEDGER_UNREACHABLE,
                    null,
                    start() + " cannot reach its ledger, and asks again: " + lost.message(),
                    lost.message(),
                    null);
        }
    }

    @Override
    public void onLedgerRecovered(MigrationEvent.LedgerRecovered reached) {
        unreachable = 0;
    }

    @Override
    public void onProgressReported(MigrationEvent.ProgressReported progressed) {
        Attempt attempt = progressed.running().attempt();
        Duration elapsed = progressed.elapsed();
        if (elapsed != null && !reportedLongRunning && elapsed.compareTo(longRunning) >= 0) {
            reportedLongRunning = true;
            send(
                    Kind.LONG_RUNNING,
                    attempt,
                    what(attempt) + " in " + environment + " has been running for " + elapsed.toMinutes() + " min "
                            + elapsed.toSecondsPart() + " s, in " + attempt.owner() + ".",
                    null,
                    elapsed);
        }
    }

    @Override
    public void onAttemptFailed(MigrationEvent.AttemptFailed halt) {
        BlockingVerdict halted = halt.verdict();
        own = halted;
        Attempt attempt = halted.attempt();
        boolean failed = halted.outcome() == Outcome.FAILED;
        boolean again = after != null && after.outcome() == Outcome.FAILED;
        Kind kind = !failed ? Kind.INTERRUPTED : again ? Kind.FAILED_AGAIN : Kind.FAILED;
        alerted = true;
        String error = halted.error() == null ? "" : ": " + halted.error();
        send(
                kind,
                attempt,
                what(attempt) + (failed ? " failed" : " was interrupted") + " in " + environment + " (attempt "
                        + attempt.number() + deployment(attempt.deployment()) + ")" + error
                        + ". " + action(halted),
                halted.error(),
                halt.elapsed());
    }

    private static String action(BlockingVerdict halted) {
        String id = halted.id().toString();
        return (halted.outcome() == Outcome.FAILED
                        ? "A new deployment retries it. "
                        : "Check whether it had finished. ")
                + "If it had finished: command 'resolve " + id + "'. If not, clean up what it left and: command 'retry "
                + id
                + "'.";
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        BlockedStart block = blocked.block();
        BlockingVerdict halted = block.verdict();
        boolean known = block.equals(sent)
                || (halted != null
                        && own != null
                        && Objects.equals(
                                halted.attempt().token(), own.attempt().token()));
        sent = block;
        if (!known) {
            alerted = true;
            send(
                    Kind.BLOCKED,
                    halted == null ? null : halted.attempt(),
                    start() + " is blocked. " + block.description() + " Action: " + block.action(),
                    halted == null ? block.description() : halted.error(),
                    null);
        }
    }

    /** What was failed or interrupted, in whichever process, is done. */
    @Override
    public void onApplied(MigrationEvent.Applied now) {
        AppliedMigration done = now.applied();
        if (after != null) {
            Attempt attempt = done.attempt();
            boolean failed = after.outcome() == Outcome.FAILED;
            send(
                    Kind.RECOVERED,
                    attempt,
                    what(attempt) + " is applied in " + environment + " by attempt " + attempt.number()
                            + deployment(attempt.deployment()) + ", after attempt "
                            + after.attempt().number() + (failed ? " had failed." : " was interrupted."),
                    null,
                    done.took());
            after = null;
            alerted = false;
        }
    }

    /** Whoever was told that this start cannot go on is told that it has. */
    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        if (alerted) {
            alerted = false;
            send(
                    Kind.RECOVERED,
                    null,
                    start() + " goes on: nothing that it has to run is pending any more.",
                    null,
                    null);
        }
    }

    private String start() {
        return "A start in " + environment + " (" + settings.owner() + deployment(settings.deployment()) + ")";
    }

    private static String deployment(@Nullable String name) {
        return name == null ? "" : ", deployment " + name;
    }

    private static String what(Attempt attempt) {
        return (attempt.isRevert() ? "Reverting migration " : "Migration ") + attempt.displayName();
    }

    private void send(
            Kind kind, @Nullable Attempt attempt, String text, @Nullable String error, @Nullable Duration elapsed) {
        senders.send(new Notification(kind, environment, attempt, text, error, elapsed, timeSource.wallTime()));
    }
}
