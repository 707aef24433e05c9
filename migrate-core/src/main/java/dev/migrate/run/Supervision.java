package dev.migrate.run;

import dev.migrate.ResumableAction;
import dev.migrate.ledger.Durations;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an owner while its action runs: it sends heartbeats, writes checkpoints, and makes the action end when the
 * process must. One thread does all of it, so the register has one writer in each process.
 */
final class Supervision {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    /** How long an interrupted action may take to notice. */
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(2);

    private final Tools tools;

    Supervision(Tools tools) {
        this.tools = tools;
    }

    /** Supervises an action until it has ended, or has to be abandoned. */
    Step<Completion> supervise(ClaimResult.Started started) {
        return new Shift(started.action(), null, null, false).awaitNext(started.hold());
    }

    /** How far an owner has gone with its action on the way to the end of the process, or after the loss of its claim. */
    private final class Shift {
        private final Work action;
        /** When a running action is interrupted; null while the process does not shut down. */
        private final @Nullable Long graceEnds;
        /** When the action is abandoned; null while it was not interrupted for the shutdown. */
        private final @Nullable Long interruptGraceEnds;
        /** Whether the action was interrupted because its claim is lost. */
        private final boolean claimLost;

        Shift(Work action, @Nullable Long graceEnds, @Nullable Long interruptGraceEnds, boolean claimLost) {
            this.action = action;
            this.graceEnds = graceEnds;
            this.interruptGraceEnds = interruptGraceEnds;
            this.claimLost = claimLost;
        }

        Step<Completion> awaitNext(Hold hold) {
            return new Step.Pause<>(Duration.ofNanos(untilNext(hold)), () -> needsAttention(hold), () -> next(hold));
        }

        private Step<Completion> next(Hold hold) {
            long now = nanos();
            boolean shutdownBegins = graceEnds == null && tools.stopping().getAsBoolean();
            if (shutdownBegins && !action.ended()) {
                action.cancel();
            }
            if (action.ended()) {
                return new Step.End<>(Completion.of(hold, action, cause(hold)));
            }
            if (action.leftBehind()) {
                return new Step.End<>(Completion.of(hold, action, Completion.Cause.SHUTDOWN));
            }
            if (shutdownBegins) {
                return beginGrace(hold, now);
            }
            if (graceEnds != null && interruptGraceEnds == null && now - graceEnds >= 0) {
                action.interrupt();
                return new Shift(action, graceEnds, now + INTERRUPT_GRACE.toNanos(), claimLost).awaitNext(hold);
            }
            if (interruptGraceEnds != null && now - interruptGraceEnds >= 0) {
                return new Step.End<>(Completion.of(hold, action, Completion.Cause.SHUTDOWN));
            }
            if (mustEnd(hold)) {
                action.cancel();
                action.interrupt();
                return new Shift(action, graceEnds, interruptGraceEnds, true).awaitNext(hold);
            }
            return !hold.lost() && now - nextHeartbeat(hold) >= 0 ? heartbeat(hold) : awaitNext(hold);
        }

        private Step<Completion> beginGrace(Hold hold, long now) {
            Duration grace = tools.settings().shutdownGrace();
            tools.herald()
                    .notice(
                            "The process was told to end: " + hold.attempt().title() + " has " + grace.toMillis()
                                    + " ms to finish before it is interrupted.",
                            false);
            return new Shift(action, now + grace.toNanos(), null, claimLost).awaitNext(hold);
        }

        private Completion.Cause cause(Hold hold) {
            if (claimLost) {
                return Completion.Cause.CLAIM_LOST;
            }
            // An action that stops because it asked whether to stop did not fail.
            boolean cancelled = tools.stopping().getAsBoolean()
                    && hold.migration().restartable()
                    && !(action.failure() instanceof SystemExitException);
            return action.interrupted() || cancelled ? Completion.Cause.SHUTDOWN : Completion.Cause.COMPLETED;
        }

        /** What wakes the owner before its time, or takes it away from a store that does not answer. */
        private boolean needsAttention(Hold hold) {
            return action.ended()
                    || action.leftBehind()
                    || (graceEnds == null && tools.stopping().getAsBoolean())
                    || mustEnd(hold);
        }

        /** An action that may start elsewhere must end when its claim may be over; a plain one runs to its end. */
        private boolean mustEnd(Hold hold) {
            boolean over = hold.lost()
                    || nanos() - hold.sentAt() >= tools.settings().lease().toNanos();
            return !claimLost && over && hold.migration().restartable();
        }

        private boolean graceExpired() {
            Long end = graceEnd();
            return end != null && nanos() - end >= 0;
        }

        private @Nullable Long graceEnd() {
            return interruptGraceEnds != null ? interruptGraceEnds : graceEnds;
        }

        /** Renews the lease, after a look at the register where an earlier heartbeat is undecided. */
        private Step<Completion> heartbeat(Hold hold) {
            long triedAt = nanos();
            RetryPolicy retry = new RetryPolicy(
                    tools.herald()::trouble,
                    () -> needsAttention(hold) || graceExpired(),
                    MigrationsStoppedException::new,
                    tools.beat(),
                    tools.random());
            if (hold.sure()) {
                return heartbeat(hold, triedAt, retry);
            }
            return tools.register().rereadUnlessAborted(retry).then(now -> {
                Hold again = now.map(seen -> hold.seen(seen, triedAt)).orElseGet(() -> hold.unsure(triedAt));
                return again.lost() || !again.sure() ? awaitNext(again) : heartbeat(again, triedAt, retry);
            });
        }

        private Step<Completion> heartbeat(Hold hold, long triedAt, RetryPolicy retry) {
            Snapshot seen = hold.snapshot();
            Running running = Objects.requireNonNull(seen.state().running());
            LedgerState next = seen.state()
                    .beat(
                            hold.token(),
                            action.checkpoint().orElse(null),
                            Optional.ofNullable(action.progress()).orElse(running.progress()));
            return tools.register().commit(seen, next, retry).then(result -> {
                if (result.undecided()) {
                    return awaitNext(hold.unsure(triedAt));
                }
                if (!result.committed()) {
                    return awaitNext(hold.seen(result.snapshot(), nanos()));
                }
                tools.herald()
                        .progressed(
                                Objects.requireNonNull(result.snapshot().state().running()));
                return awaitNext(hold.beaten(result));
            });
        }

        private long nextHeartbeat(Hold hold) {
            boolean soon =
                    action.checkpoint().isPresent() && !action.checkpoint().equals(written(hold));
            Duration interval = soon ? Durations.min(tools.beat(), CHECKPOINT_INTERVAL) : tools.beat();
            return hold.triedAt() + interval.toNanos();
        }

        private Optional<String> written(Hold hold) {
            return Optional.ofNullable(hold.snapshot().state().running()).map(Running::checkpoint);
        }

        private long untilNext(Hold hold) {
            long now = nanos();
            long next = hold.lost() ? Long.MAX_VALUE : nextHeartbeat(hold) - now;
            if (ResumableAction.class.isAssignableFrom(hold.migration().type())) {
                next = Math.min(next, CHECKPOINT_INTERVAL.toNanos());
            }
            Long end = graceEnd();
            if (end != null) {
                next = Math.min(next, end - now);
            }
            return Math.max(next, 0);
        }

        private long nanos() {
            return tools.ticker().nanos();
        }
    }
}
