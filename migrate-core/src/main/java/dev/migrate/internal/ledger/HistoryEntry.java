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
 * An entry of the history of a migration, which no longer blocks: a verdict that another start or an operator has overridden, an
 * applied record that was reverted, or the action of an operator.
 *
 * @param attempt the attempt that ended; for an operator's action, the attempt that it concerns
 * @param type the name of a {@link Outcome} or of an {@link OperatorAction}, {@link #APPLIED}, or a word of a later version
 * @param error the error, or null
 * @param at the time by the writer's clock, or null
 * @param checkpoint the checkpoint from which a resumable action would continue, or null
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

    /** Makes the texts safe to show: a ledger may have been edited by hand, or be of an earlier version. */
    public HistoryEntry {
        type = ForeignText.printable(type);
        error = ForeignText.safeOrNull(error);
        reason = ForeignText.safeOrNull(reason);
    }

    /** The migration was applied, and reverted since. */
    public static final String APPLIED = "APPLIED";

    /** The actions of an operator. Earlier entries about the migration no longer block. */
    public enum OperatorAction {
        /** Another start is allowed. */
        RETRY,
        /** The attempt counts as finished. */
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
     * The verdict of this entry.
     *
     * @return the verdict; empty if the entry is not a verdict
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
     * The operator's action of this entry.
     *
     * @return the action; empty if the entry is not an operator's action
     */
    Optional<OperatorAction> operatorAction() {
        for (OperatorAction act : OperatorAction.values()) {
            if (act.name().equals(type)) {
                return Optional.of(act);
            }
        }
        return Optional.empty();
    }

    /** Whether the entry records that the migration was reverted, up to the attempt of the entry. */
    boolean isRevert() {
        boolean finished = operatorAction()
                .filter(act -> act == OperatorAction.REVERT || act == OperatorAction.RESOLVE)
                .isPresent();
        return type.equals(APPLIED) || (finished && attempt.isRevert());
    }

    /** Whether a later entry records the same verdict for the same deployment. The number of its attempt shows how often. */
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
