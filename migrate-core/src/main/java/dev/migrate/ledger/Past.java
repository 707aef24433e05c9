package dev.migrate.ledger;

import dev.migrate.MigrationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a migration and no longer stands: a verdict that another start or an operator got past, or
 * what the operator did.
 *
 * @param attempt the attempt that ended; for an operator's act, the attempt it was about
 * @param what the name of a {@link Verdict} or of an {@link Act}, or a word of a later version
 * @param error what went wrong, or null
 * @param at when the writer's clock said so, or null
 * @param checkpoint where a resumable action would go on, or null
 * @param reason why the operator did it, or null
 * @since 0.1
 */
public record Past(
        Attempt attempt,
        String what,
        @Nullable String error,
        @Nullable Instant at,
        @Nullable String checkpoint,
        @Nullable String reason) {

    /** What an operator can do to a verdict. */
    public enum Act {
        /** Another start is allowed. */
        RETRY,
        /** It counts as done. */
        RESOLVE
    }

    static Past of(Halted halted) {
        return new Past(
                halted.attempt(), halted.verdict().name(), halted.error(), halted.at(), halted.checkpoint(), null);
    }

    /**
     * The verdict that this was.
     *
     * @return the verdict; empty for anything else
     */
    public Optional<Halted> verdict() {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(what)) {
                return Optional.of(new Halted(attempt, verdict, error, at, checkpoint));
            }
        }
        return Optional.empty();
    }

    /**
     * The operator's act that this was.
     *
     * @return the act; empty for anything else
     */
    Optional<Act> act() {
        for (Act act : Act.values()) {
            if (act.name().equals(what)) {
                return Optional.of(act);
            }
        }
        return Optional.empty();
    }

    /** Whether a later entry tells the same of the same deployment; the number of its attempt tells how often. */
    boolean isRepeatedBy(Past later) {
        return verdict().isPresent()
                && what.equals(later.what)
                && Objects.equals(attempt.deployment(), later.attempt.deployment());
    }

    Past withoutCheckpoint() {
        return checkpoint == null ? this : new Past(attempt, what, error, at, null, reason);
    }

    /**
     * The sequence number.
     *
     * @return the number
     */
    public MigrationId id() {
        return attempt.id();
    }
}
