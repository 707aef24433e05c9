package dev.migrate.spring.notify;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Ticker;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Block;
import dev.migrate.run.MigrationEvent;
import dev.migrate.run.MigrationListener;
import dev.migrate.run.RunnerSettings;
import dev.migrate.spring.notify.Notice.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes notices of what happens in a run: each thing once, however often the run repeats it. */
final class Notices implements MigrationListener {

    private final RunnerSettings settings;
    private final EnvironmentName environment;
    private final Duration longRunning;
    private final Senders senders;
    private final Ticker ticker;

    /** When the action that ran here last was started; null before the first. */
    private @Nullable Long startedAt;

    private boolean toldLong;
    /** The verdict of this process on its own action: whoever is told of it need not be told that it blocks. */
    private @Nullable Halted own;

    /** The verdict that the action of this process is to make good; null when there is none. */
    private @Nullable Halted after;

    private @Nullable Block told;
    /** Whether people know of something that keeps this start from going on. */
    private boolean worried;
    /** How often in a row the ledger was said not to answer: at once, and every minute. */
    private int unreachable;

    Notices(RunnerSettings settings, Duration longRunning, List<NoticeSender> senders, Ticker ticker) {
        this.settings = settings;
        this.environment = settings.environment();
        this.longRunning = longRunning;
        this.senders = new Senders(senders);
        this.ticker = ticker;
    }

    @Override
    public void onStarted(MigrationEvent.Started started) {
        startedAt = ticker.nanos();
        toldLong = false;
        after = started.after();
    }

    @Override
    public void onTakenOver(MigrationEvent.TakenOver taken) {
        Attempt attempt = taken.running().attempt();
        worried = true;
        send(
                Kind.TAKEN_OVER,
                attempt,
                what(attempt) + " in " + environment + " lost its owner: " + attempt.owner()
                        + " was not heard of for "
                        + taken.running().lease().toSeconds() + " s. What may be started again is; anything else is"
                        + " INTERRUPTED, and waits for a person.",
                null,
                null);
    }

    /** A short outage is nobody's business. */
    @Override
    public void onLedgerUnreachable(MigrationEvent.LedgerUnreachable lost) {
        if (++unreachable == 2) {
            worried = true;
            send(
                    Kind.LEDGER_UNREACHABLE,
                    null,
                    start() + " cannot reach its ledger, and asks again: " + lost.message(),
                    lost.message(),
                    null);
        }
    }

    @Override
    public void onLedgerReached(MigrationEvent.LedgerReached reached) {
        unreachable = 0;
    }

    @Override
    public void onProgressed(MigrationEvent.Progressed progressed) {
        Attempt attempt = progressed.running().attempt();
        Duration elapsed = elapsed();
        if (elapsed != null && !toldLong && elapsed.compareTo(longRunning) >= 0) {
            toldLong = true;
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
    public void onHalted(MigrationEvent.Halt halt) {
        Halted halted = halt.halted();
        own = halted;
        Attempt attempt = halted.attempt();
        boolean failed = halted.verdict() == Verdict.FAILED;
        boolean again = after != null && after.verdict() == Verdict.FAILED;
        Kind kind = !failed ? Kind.INTERRUPTED : again ? Kind.FAILED_AGAIN : Kind.FAILED;
        worried = true;
        String error = halted.error() == null ? "" : ": " + halted.error();
        send(
                kind,
                attempt,
                what(attempt) + (failed ? " failed" : " was interrupted") + " in " + environment + " (attempt "
                        + attempt.number() + deployment(attempt.deployment()) + ")" + error
                        + ". " + wayOut(halted),
                halted.error(),
                elapsed());
    }

    private static String wayOut(Halted halted) {
        String id = halted.id().toString();
        return (halted.verdict() == Verdict.FAILED
                        ? "Another deployment tries it again. "
                        : "Find out whether it had finished. ")
                + "Command 'resolve " + id + "' says that it is finished, 'retry " + id
                + "' that it is put right and may start again.";
    }

    @Override
    public void onBlocked(MigrationEvent.Blocked blocked) {
        Block block = blocked.block();
        Halted halted = block.halted();
        boolean known = block.equals(told)
                || (halted != null
                        && own != null
                        && Objects.equals(
                                halted.attempt().token(), own.attempt().token()));
        told = block;
        if (!known) {
            worried = true;
            send(
                    Kind.BLOCKED,
                    halted == null ? null : halted.attempt(),
                    start() + " is blocked. " + block.reason() + " The way out: " + block.wayOut(),
                    halted == null ? block.reason() : halted.error(),
                    null);
        }
    }

    /** What was failed or interrupted, in whichever process, is done. */
    @Override
    public void onApplied(MigrationEvent.AppliedNow now) {
        Applied done = now.applied();
        if (after != null) {
            Attempt attempt = done.attempt();
            boolean failed = after.verdict() == Verdict.FAILED;
            send(
                    Kind.RECOVERED,
                    attempt,
                    what(attempt) + " is applied in " + environment + " by attempt " + attempt.number()
                            + deployment(attempt.deployment()) + ", after attempt "
                            + after.attempt().number() + (failed ? " had failed." : " was interrupted."),
                    null,
                    done.took());
            after = null;
            worried = false;
        }
    }

    /** Whoever was told that this start cannot go on is told that it has. */
    @Override
    public void onCompleted(MigrationEvent.Completed completed) {
        if (worried) {
            worried = false;
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

    private @Nullable Duration elapsed() {
        Long since = startedAt;
        return since == null ? null : Duration.ofNanos(ticker.nanos() - since);
    }

    private static String what(Attempt attempt) {
        return (attempt.reverts() ? "Undoing migration " : "Migration ") + attempt.title();
    }

    private void send(
            Kind kind, @Nullable Attempt attempt, String text, @Nullable String error, @Nullable Duration elapsed) {
        senders.send(new Notice(kind, environment, attempt, text, error, elapsed, ticker.now()));
    }
}
