package dev.migrate.internal.ledger;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the register says, and the transitions from one state to the next. Each transition is a pure function that
 * refuses what is not allowed with an {@link IllegalStateException}, so it detects a caller that decided on an outdated
 * state.
 *
 * @param environment whose ledger it is
 * @param revision how often the register was written
 * @param applied the applied migrations, in order
 * @param adoptedUpTo the number up to which everything counts as applied because a predecessor such as ODIN ran it, or null
 * @param running the claimed migration, or null
 * @param halted the verdict that blocks, or null; always null while {@code running} is set
 * @param attempts the history: entries that no longer block, oldest first
 * @param unknownFields fields that this version does not know, as JSON by name; they survive a rewrite
 * @since 0.1
 */
public record LedgerState(
        EnvironmentName environment,
        long revision,
        List<AppliedMigration> applied,
        @Nullable MigrationId adoptedUpTo,
        @Nullable RunningMigration running,
        @Nullable BlockingVerdict halted,
        List<HistoryEntry> attempts,
        Map<String, String> unknownFields) {

    /** Copies the lists and the map. */
    public LedgerState {
        applied = applied.stream()
                .sorted(Comparator.comparing(AppliedMigration::id))
                .toList();
        attempts = List.copyOf(attempts);
        unknownFields = Map.copyOf(unknownFields);
    }

    /**
     * The first state of a new ledger.
     *
     * @param environment whose ledger it is
     * @param adopted the migrations that have receipts
     * @return the state
     */
    public static LedgerState empty(EnvironmentName environment, List<AppliedMigration> adopted) {
        return new LedgerState(environment, 0, adopted, null, null, null, List.of(), Map.of());
    }

    /** Adopts everything up to a number, which a predecessor ran; null adopts nothing. */
    public LedgerState adoptUpTo(@Nullable MigrationId last) {
        return new LedgerState(environment, revision, applied, last, running, halted, attempts, unknownFields);
    }

    /**
     * The applied record of a migration; empty when it is not applied. For an adopted migration without a record of its own, it
     * contains the number alone.
     */
    public Optional<AppliedMigration> applied(MigrationId id) {
        Optional<AppliedMigration> recorded =
                applied.stream().filter(a -> a.id().equals(id)).findFirst();
        return recorded.isEmpty() && isAdopted(id) ? Optional.of(AppliedMigration.bare(id)) : recorded;
    }

    /**
     * Whether a migration counts as applied because a predecessor ran it. This ends with the first entry of this ledger about
     * the migration, such as an operator's {@code retry}.
     */
    public boolean isAdopted(MigrationId id) {
        return adoptedUpTo != null
                && id.compareTo(adoptedUpTo) <= 0
                && attempts.stream().noneMatch(past -> past.id().equals(id));
    }

    /**
     * The verdict on the last attempt of a migration, also when the ledger went on without it since; empty when there is none,
     * an operator got past it, or a later attempt applied the migration.
     */
    public Optional<BlockingVerdict> verdict(MigrationId id) {
        boolean applied = applied(id).isPresent();
        return history().verdict(id).filter(last -> !applied || last.attempt().isRevert());
    }

    /**
     * The verdict on the previous attempt, which this attempt retries, also if an operator has allowed the new attempt. Empty when there is none, or when the migration was applied, reverted or decided upon since.
     */
    public Optional<BlockingVerdict> previousVerdict(Attempt attempt) {
        return history().before(attempt);
    }

    /** Whether a deployment has failed with a migration, and no operator has allowed another start since. */
    public boolean failed(MigrationId id, String deployment) {
        return history().failed(id, deployment);
    }

    /** The number of the next attempt of a migration, from 1. */
    public int nextAttempt(MigrationId id) {
        int known = applied(id).map(done -> done.attempt().number()).orElse(0);
        int last = Math.max(known, history().lastAttempt(id));
        return last == Integer.MAX_VALUE ? last : last + 1;
    }

    /**
     * Whether the migration was reverted since the attempt began, so that the success of the attempt no longer counts. A record
     * without a token, such as a receipt that a person created, belongs to no known attempt.
     */
    public boolean isReverted(AppliedMigration done) {
        return history().isReverted(done);
    }

    private History history() {
        return new History(attempts, halted);
    }

    /**
     * Claims a migration, to apply or to revert it. The verdict that blocked, on any migration, moves to the history. The claim
     * keeps the checkpoint of the migration's last attempt.
     */
    public LedgerState claim(Attempt attempt, Duration lease) {
        require(running == null, "a migration is running");
        require(
                applied(attempt.id()).isPresent() == attempt.isRevert(),
                attempt.id() + (attempt.isRevert() ? " is not applied" : " is applied"));
        String checkpoint = attempt.isRevert() ? null : history().checkpoint(attempt.id());
        return with(applied, new RunningMigration(attempt, lease, 0, checkpoint, null), null, appendToHistory(halted));
    }

    /** Takes back the claim with a token; its action was not started. */
    public LedgerState release(String token) {
        requireOwner(token);
        return with(applied, null, null, attempts);
    }

    /** Records that the owner is alive, its last checkpoint and its progress; both may be null. */
    public LedgerState heartbeat(String token, @Nullable String checkpoint, @Nullable Progress progress) {
        RunningMigration now = requireOwner(token);
        RunningMigration next =
                new RunningMigration(now.attempt(), now.lease(), now.heartbeat() + 1, checkpoint, progress);
        return with(applied, next, null, attempts);
    }

    /**
     * Records an applied migration. This ends the claim of the receipt's own attempt, and the verdict on the migration.
     *
     * @param done the record
     * @return the state in which the migration is applied
     */
    public LedgerState complete(AppliedMigration done) {
        require(applied(done.id()).isEmpty(), done.id() + " is applied");
        require(!runsElsewhere(done), "another attempt of " + done.id() + " is running");
        List<AppliedMigration> all = new ArrayList<>(applied);
        all.add(done);
        boolean runs = running != null && running.id().equals(done.id());
        BlockingVerdict over = halted != null && halted.id().equals(done.id()) ? halted : null;
        BlockingVerdict another = over != null && !done.attempt().equals(over.attempt()) ? over : null;
        return with(all, runs ? null : running, over != null ? null : halted, appendToHistory(another));
    }

    /**
     * Whether an attempt of the same migration runs that is not the attempt of the receipt. Its claim must stay until it ends,
     * or two actions could run at the same time.
     *
     * @param done what the receipt says
     * @return whether another attempt runs
     */
    public boolean runsElsewhere(AppliedMigration done) {
        String token = done.attempt().token();
        return running != null
                && running.id().equals(done.id())
                && token != null
                && !running.attempt().hasToken(token);
    }

    /**
     * Writes the verdict on the running attempt. A late owner corrects the verdict that another process wrote on its attempt.
     *
     * @param token the attempt's token
     * @param verdict how it ended
     * @param error the error, or null
     * @param at when
     * @param checkpoint where a resumable action would go on; null for what the ledger knows
     * @return the state with the verdict
     */
    public LedgerState fail(
            String token, Outcome verdict, @Nullable String error, Instant at, @Nullable String checkpoint) {
        if (halted != null && halted.attempt().hasToken(token)) {
            String last = checkpoint == null ? halted.checkpoint() : checkpoint;
            return with(applied, running, new BlockingVerdict(halted.attempt(), verdict, error, at, last), attempts);
        }
        RunningMigration now = requireOwner(token);
        String last = checkpoint == null ? now.checkpoint() : checkpoint;
        return with(applied, null, new BlockingVerdict(now.attempt(), verdict, error, at, last), attempts);
    }

    List<AppliedMigration> appliedWithout(MigrationId id) {
        return applied.stream().filter(one -> !one.id().equals(id)).toList();
    }

    private RunningMigration requireOwner(String token) {
        require(running != null && running.attempt().hasToken(token), "the claim is not this owner's");
        return Objects.requireNonNull(running);
    }

    List<HistoryEntry> appendToHistory(@Nullable BlockingVerdict over) {
        return history().with(over);
    }

    /** The same, as the revision that a write makes of it. */
    LedgerState at(long next) {
        return new LedgerState(environment, next, applied, adoptedUpTo, running, halted, attempts, unknownFields);
    }

    LedgerState with(
            List<AppliedMigration> applied,
            @Nullable RunningMigration running,
            @Nullable BlockingVerdict halted,
            List<HistoryEntry> attempts) {
        return new LedgerState(environment, revision, applied, adoptedUpTo, running, halted, attempts, unknownFields);
    }

    static void require(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }
}
