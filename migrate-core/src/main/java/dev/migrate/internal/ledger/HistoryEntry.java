package dev.migrate.internal.ledger;

import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a migration and no longer stands: a verdict that another start or an operator got past, what
 * was applied and then reverted, or what an operator did.
 *
 * @param attempt the attempt that ended; for an operator's act, the attempt it was about
 * @param type the name of a {@link Outcome} or of an {@link OperatorAction}, {@link #APPLIED}, or a word of a later version
 * @param error what went wrong, or null
 * @param at when the writer's clock said so, or null
 * @param checkpoint where a resumable action would go on, or null
 * @param took how long the action ran, or null
 * @param by the operator who did it, or null
 * @param reason why the operator did it, or null
 * @since 0.1
 */
public record HistoryEntry(
        Attempt attempt,
        String type,
        @Nullable String error,
        @Nullable Instant at,
        @Nullable String checkpoint,
        @Nullable Duration took,
        @Nullable Operator by,
        @Nullable String reason) {

    /** Makes the texts fit to be shown: a ledger may have been edited by hand, or be of an earlier version. */
    public HistoryEntry {
        type = ForeignText.printable(type);
        error = ForeignText.safeOrNull(error);
        reason = ForeignText.safeOrNull(reason);
    }

    /** What was done by a migration that was reverted since. */
    public static final String APPLIED = "APPLIED";

    /** What an operator can do; whatever was before it stands in no way any more. */
    public enum OperatorAction {
        /** Another start is allowed. */
        RETRY,
        /** What was interrupted counts as done. */
        RESOLVE,
        /** It counts as applied, though it never ran. */
        STAMP,
        /** It was reverted. */
        REVERT
    }

    static HistoryEntry of(BlockingVerdict halted) {
        return new HistoryEntry(
                halted.attempt(),
                halted.outcome().name(),
                halted.error(),
                halted.at(),
                halted.checkpoint(),
                null,
                null,
                null);
    }

    static HistoryEntry of(AppliedMigration applied) {
        return new HistoryEntry(
                applied.attempt(), APPLIED, null, applied.finishedAt(), null, applied.took(), null, null);
    }

    /**
     * The verdict that this was.
     *
     * @return the verdict; empty for anything else
     */
    public Optional<BlockingVerdict> verdict() {
        for (Outcome verdict : Outcome.values()) {
            if (verdict.name().equals(type)) {
                return Optional.of(new BlockingVerdict(attempt, verdict, error, at, checkpoint));
            }
        }
        return Optional.empty();
    }

    /**
     * The operator's act that this was.
     *
     * @return the act; empty for anything else
     */
    Optional<OperatorAction> operatorAction() {
        for (OperatorAction act : OperatorAction.values()) {
            if (act.name().equals(type)) {
                return Optional.of(act);
            }
        }
        return Optional.empty();
    }

    /** Whether it tells that the migration was reverted, up to its attempt. */
    boolean isRevert() {
        boolean finished = operatorAction()
                .filter(act -> act == OperatorAction.REVERT || act == OperatorAction.RESOLVE)
                .isPresent();
        return type.equals(APPLIED) || (finished && attempt.isRevert());
    }

    /** Whether a later entry tells the same of the same deployment; the number of its attempt tells how often. */
    boolean isRepeatedBy(HistoryEntry later) {
        return verdict().isPresent()
                && type.equals(later.type)
                && Objects.equals(attempt.deployment(), later.attempt.deployment());
    }

    HistoryEntry withCheckpoint(@Nullable String where) {
        return new HistoryEntry(attempt, type, error, at, where, took, by, reason);
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
