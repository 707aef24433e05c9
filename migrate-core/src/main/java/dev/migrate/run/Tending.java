package dev.migrate.run;

import dev.migrate.ResumableAction;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an owner while its action runs: it beats, writes checkpoints, and sees to it that the action ends when
 * the process must. One thread does all of it, so the register has one writer in each process.
 */
final class Tending {

    /** How an action came to its end. */
    enum Ending {
        /** By itself. */
        ITSELF(""),
        /** The process was told to end. */
        CUT_SHORT("the process was told to end; "),
        /** The claim was lost, or may have been. */
        DROPPED("its claim was not kept up; ");

        /** The beginning of what the ledger says of it. */
        final String because;

        Ending(String because) {
            this.because = because;
        }
    }

    /** What follows the end of an action. */
    @FunctionalInterface
    interface Then {
        Step<MigrationReport> apply(Hold hold, Work work, Ending ending, Memory memory);
    }

    private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
    /** How long an interrupted action may take to notice. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Tools tools;
    private final Then then;

    Tending(Tools tools, Then then) {
        this.tools = tools;
        this.then = then;
    }

    Step<MigrationReport> tend(Hold hold, Work work, Memory memory) {
        return new Shift(work, memory, null, null, false).rest(hold);
    }

    /** What an owner does with one action, as far as the end of the process and the loss of the claim go. */
    private final class Shift {
        private final Work work;
        private final Memory memory;
        /** When a running action is interrupted; null while nobody has told the process to end. */
        private final @Nullable Long graceEnds;
        /** When the action is left behind; null while it was not interrupted for the end of the process. */
        private final @Nullable Long endsAt;
        /** Whether the action was told that its claim is lost. */
        private final boolean dropped;

        Shift(Work work, Memory memory, @Nullable Long graceEnds, @Nullable Long endsAt, boolean dropped) {
            this.work = work;
            this.memory = memory;
            this.graceEnds = graceEnds;
            this.endsAt = endsAt;
            this.dropped = dropped;
        }

        /** Waits for the next thing to do. */
        Step<MigrationReport> rest(Hold hold) {
            return new Step.Pause<>(Duration.ofNanos(untilNext(hold)), () -> calls(hold), () -> act(hold));
        }

        private Step<MigrationReport> act(Hold hold) {
            long now = nanos();
            boolean told = graceEnds == null && tools.stopping().getAsBoolean();
            if (told && !work.ended()) {
                work.cancel();
            }
            if (work.ended()) {
                return then.apply(hold, work, ending(hold), memory);
            }
            if (work.leftBehind()) {
                return then.apply(hold, work, Ending.CUT_SHORT, memory);
            }
            if (told) {
                long end = now + tools.settings().shutdownGrace().toNanos();
                tools.herald()
                        .notice(
                                "The process was told to end: " + hold.attempt().title() + " has "
                                        + tools.settings().shutdownGrace().toMillis()
                                        + " ms to finish before it is interrupted.",
                                false);
                return new Shift(work, memory, end, null, dropped).rest(hold);
            }
            if (graceEnds != null && endsAt == null && now - graceEnds >= 0) {
                work.interrupt();
                return new Shift(work, memory, graceEnds, now + LAST_WORDS.toNanos(), dropped).rest(hold);
            }
            if (endsAt != null && now - endsAt >= 0) {
                return then.apply(hold, work, Ending.CUT_SHORT, memory);
            }
            if (mustDrop(hold)) {
                work.cancel();
                work.interrupt();
                return new Shift(work, memory, graceEnds, endsAt, true).rest(hold);
            }
            return !hold.lost() && now - nextBeat(hold) >= 0 ? beat(hold) : rest(hold);
        }

        private Ending ending(Hold hold) {
            if (dropped) {
                return Ending.DROPPED;
            }
            // An action that stops because it asked whether to stop did not fail.
            boolean asked = tools.stopping().getAsBoolean()
                    && hold.migration().restartable()
                    && !(work.failure() instanceof SystemExitException);
            return work.interrupted() || asked ? Ending.CUT_SHORT : Ending.ITSELF;
        }

        /** What wakes the owner before its time, or takes it away from a store that does not answer. */
        private boolean calls(Hold hold) {
            return work.ended()
                    || work.leftBehind()
                    || (graceEnds == null && tools.stopping().getAsBoolean())
                    || mustDrop(hold);
        }

        /** An action that may be started elsewhere must end when its claim may be over; a plain one runs to its end. */
        private boolean mustDrop(Hold hold) {
            boolean over = hold.lost()
                    || nanos() - hold.sentAt() >= tools.settings().lease().toNanos();
            return !dropped && over && hold.migration().restartable();
        }

        private Step<MigrationReport> beat(Hold hold) {
            long triedAt = nanos();
            Patience<MigrationReport> patience = new Patience<>(
                    tools.herald()::trouble,
                    () -> calls(hold) || overstays(),
                    () -> rest(hold.unsure(triedAt)),
                    tools.beat());
            if (!hold.sure()) {
                return tools.register().reread(patience, now -> {
                    Hold again = hold.seen(now, triedAt);
                    return again.lost() ? rest(again) : beat(again, patience);
                });
            }
            return beat(hold, patience);
        }

        private boolean overstays() {
            Long end = endsAt != null ? endsAt : graceEnds;
            return end != null && nanos() - end >= 0;
        }

        private Step<MigrationReport> beat(Hold hold, Patience<MigrationReport> patience) {
            Snapshot seen = hold.snapshot();
            Running running = Objects.requireNonNull(seen.state().running());
            LedgerState next = seen.state()
                    .beat(
                            hold.token(),
                            work.checkpoint().orElse(null),
                            Optional.ofNullable(work.progress()).orElse(running.progress()));
            return tools.register().commit(seen, next, patience, commit -> {
                if (!commit.done()) {
                    return rest(hold.seen(commit.snapshot(), nanos()));
                }
                tools.herald()
                        .progressed(
                                Objects.requireNonNull(commit.snapshot().state().running()));
                return rest(hold.beaten(commit));
            });
        }

        private long nextBeat(Hold hold) {
            Duration sixth = tools.beat();
            boolean soon = work.checkpoint().isPresent() && !work.checkpoint().equals(written(hold));
            Duration interval = soon && sixth.compareTo(CHECKPOINTS) > 0 ? CHECKPOINTS : sixth;
            return hold.triedAt() + interval.toNanos();
        }

        private Optional<String> written(Hold hold) {
            return Optional.ofNullable(hold.snapshot().state().running()).map(Running::checkpoint);
        }

        private long untilNext(Hold hold) {
            long now = nanos();
            long next = hold.lost() ? Long.MAX_VALUE : nextBeat(hold) - now;
            if (ResumableAction.class.isAssignableFrom(hold.migration().type())) {
                next = Math.min(next, CHECKPOINTS.toNanos());
            }
            Long end = endsAt != null ? endsAt : graceEnds;
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
