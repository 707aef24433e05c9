package dev.migrate.internal.protocol;

import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.execution.SystemExitException;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.time.Durations;
import dev.migrate.listener.RunningMigration;
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

    private final ProtocolContext context;

    Supervision(ProtocolContext context) {
        this.context = context;
    }

    /** Supervises an action until it has ended, or has to be abandoned. */
    Step<Completion> supervise(ClaimResult.Started started) {
        return new Shift(started.action(), null, null, false).awaitNext(started.lease());
    }

    /** The progress of an owner in ending its action, on shutdown or after the loss of its claim. */
    private final class Shift {
        private final ActionExecution action;
        /** When a running action is interrupted; null while the process does not shut down. */
        private final @Nullable Long graceEnds;
        /** When the action is abandoned; null while it was not interrupted for the shutdown. */
        private final @Nullable Long interruptGraceEnds;
        /** Whether the action was interrupted because its claim is lost. */
        private final boolean claimLost;

        Shift(ActionExecution action, @Nullable Long graceEnds, @Nullable Long interruptGraceEnds, boolean claimLost) {
            this.action = action;
            this.graceEnds = graceEnds;
            this.interruptGraceEnds = interruptGraceEnds;
            this.claimLost = claimLost;
        }

        Step<Completion> awaitNext(Lease lease) {
            return new Step.Wait<>(Duration.ofNanos(untilNext(lease)), () -> needsAttention(lease), () -> next(lease));
        }

        private Step<Completion> next(Lease lease) {
            long now = nanos();
            boolean shutdownBegins = graceEnds == null && context.stopping().getAsBoolean();
            if (shutdownBegins && !action.ended()) {
                action.cancel();
            }
            if (action.ended()) {
                return new Step.Done<>(Completion.of(lease, action, cause(lease)));
            }
            if (action.shutsDownApplication()) {
                return new Step.Done<>(Completion.of(lease, action, Completion.Cause.SHUTDOWN));
            }
            if (shutdownBegins) {
                return beginGrace(lease, now);
            }
            if (graceEnds != null && interruptGraceEnds == null && now - graceEnds >= 0) {
                action.interrupt();
                return new Shift(action, graceEnds, now + INTERRUPT_GRACE.toNanos(), claimLost).awaitNext(lease);
            }
            if (interruptGraceEnds != null && now - interruptGraceEnds >= 0) {
                return new Step.Done<>(Completion.of(lease, action, Completion.Cause.SHUTDOWN));
            }
            if (mustEnd(lease)) {
                action.cancel();
                action.interrupt();
                return new Shift(action, graceEnds, interruptGraceEnds, true).awaitNext(lease);
            }
            return !lease.lost() && now - nextHeartbeat(lease) >= 0 ? heartbeat(lease) : awaitNext(lease);
        }

        private Step<Completion> beginGrace(Lease lease, long now) {
            Duration grace = context.settings().shutdownGrace();
            context.events()
                    .notice(
                            "Shutdown requested: " + lease.attempt().displayName() + " has " + grace.toMillis()
                                    + " ms to finish before it is interrupted.",
                            false);
            return new Shift(action, now + grace.toNanos(), null, claimLost).awaitNext(lease);
        }

        private Completion.Cause cause(Lease lease) {
            if (claimLost) {
                return Completion.Cause.CLAIM_LOST;
            }
            // An action that stops because it asked whether to stop did not fail.
            boolean cancelled = context.stopping().getAsBoolean()
                    && lease.migration().restartable()
                    && !(action.failure() instanceof SystemExitException);
            return action.interrupted() || cancelled ? Completion.Cause.SHUTDOWN : Completion.Cause.COMPLETED;
        }

        /** Whether the owner must act now: this ends its wait, and its retries of a store that does not answer. */
        private boolean needsAttention(Lease lease) {
            return action.ended()
                    || action.shutsDownApplication()
                    || (graceEnds == null && context.stopping().getAsBoolean())
                    || mustEnd(lease);
        }

        /** Whether the claim may be over and the action may start elsewhere, so that it must end. A plain action runs to its end. */
        private boolean mustEnd(Lease lease) {
            boolean over = lease.lost()
                    || nanos() - lease.renewedAt() >= context.settings().lease().toNanos();
            return !claimLost && over && lease.migration().restartable();
        }

        private boolean graceExpired() {
            Long end = graceEnd();
            return end != null && nanos() - end >= 0;
        }

        private @Nullable Long graceEnd() {
            return interruptGraceEnds != null ? interruptGraceEnds : graceEnds;
        }

        /** Renews the lease, after a look at the register where an earlier heartbeat is undecided. */
        private Step<Completion> heartbeat(Lease lease) {
            long triedAt = nanos();
            RetryPolicy retry = new RetryPolicy(
                    context.events()::ledgerTrouble,
                    () -> needsAttention(lease) || graceExpired(),
                    RunCancelledException::new,
                    context.heartbeatInterval(),
                    context.effects().random());
            if (lease.certain()) {
                return heartbeat(lease, triedAt, retry);
            }
            return context.register().rereadUnlessAborted(retry).then(now -> {
                Lease again = now.map(seen -> lease.refreshed(seen, triedAt)).orElseGet(() -> lease.uncertain(triedAt));
                return again.lost() || !again.certain() ? awaitNext(again) : heartbeat(again, triedAt, retry);
            });
        }

        private Step<Completion> heartbeat(Lease lease, long triedAt, RetryPolicy retry) {
            VersionedState seen = lease.snapshot();
            RunningMigration running = Objects.requireNonNull(seen.state().running());
            LedgerState next = seen.state()
                    .heartbeat(
                            lease.token(),
                            action.lastCheckpoint().orElse(null),
                            Optional.ofNullable(action.progress()).orElse(running.progress()));
            return context.register().commit(seen, next, retry).then(result -> {
                if (result.undecided()) {
                    return awaitNext(lease.uncertain(triedAt));
                }
                if (!result.committed()) {
                    return awaitNext(lease.refreshed(result.snapshot(), nanos()));
                }
                context.events()
                        .progressed(
                                Objects.requireNonNull(result.snapshot().state().running()));
                return awaitNext(lease.renewed(result));
            });
        }

        private long nextHeartbeat(Lease lease) {
            boolean soon = action.lastCheckpoint().isPresent()
                    && !action.lastCheckpoint().equals(written(lease));
            Duration interval = soon
                    ? Durations.min(context.heartbeatInterval(), CHECKPOINT_INTERVAL)
                    : context.heartbeatInterval();
            return lease.lastAttemptAt() + interval.toNanos();
        }

        private Optional<String> written(Lease lease) {
            return Optional.ofNullable(lease.snapshot().state().running()).map(RunningMigration::checkpoint);
        }

        private long untilNext(Lease lease) {
            long now = nanos();
            long next = lease.lost() ? Long.MAX_VALUE : nextHeartbeat(lease) - now;
            if (ResumableAction.class.isAssignableFrom(lease.migration().type())) {
                next = Math.min(next, CHECKPOINT_INTERVAL.toNanos());
            }
            Long end = graceEnd();
            if (end != null) {
                next = Math.min(next, end - now);
            }
            return Math.max(next, 0);
        }

        private long nanos() {
            return context.timeSource().monotonicNanos();
        }
    }
}
