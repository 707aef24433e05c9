package dev.migrate.spring.report;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.StartupContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one migration.
 *
 * @param id the sequence number, as declared or as in the ledger
 * @param name the name; for an ignored declaration, its class or method
 * @param state the state
 * @param attempts the number of attempts
 * @param at the time of the last change, or null
 * @param took how long the last attempt ran, or null
 * @param deployment the build that ran it, or null
 * @param note a note for the operator, or null
 * @since 0.1
 */
public record StatusRow(
        String id,
        @Nullable String name,
        State state,
        int attempts,
        @Nullable Instant at,
        @Nullable Duration took,
        @Nullable String deployment,
        @Nullable String note) {

    /** The state of a migration. */
    public enum State {
        /** It is applied. */
        APPLIED,
        /** It has not run yet. */
        PENDING,
        /** A process runs or reverts it. */
        RUNNING,
        /** Its action threw an exception. */
        FAILED,
        /** Its process ended before the action did. */
        INTERRUPTED,
        /** Its number is malformed. */
        IGNORED,
        /** It is applied, and this build does not contain it. */
        UNKNOWN
    }

    static StatusRow of(MigrationDefinition migration, LedgerState state) {
        Optional<AppliedMigration> applied = state.applied(migration.id());
        StatusRow row = ofAttempt(migration, state)
                .orElseGet(() -> applied.isPresent()
                        ? applied(applied.get(), state, true)
                        : new StatusRow(
                                migration.id().toString(),
                                migration.name(),
                                State.PENDING,
                                state.nextAttempt(migration.id()) - 1,
                                null,
                                null,
                                null,
                                null));
        return row.name() == null ? row.named(migration.name()) : row;
    }

    /** An adopted migration gets its name from this build, because a status file contains the number only. */
    private StatusRow named(String known) {
        return new StatusRow(id, known, state, attempts, at, took, deployment, note);
    }

    /** The row of a migration whose attempt is running, failed or was interrupted. */
    private static Optional<StatusRow> ofAttempt(MigrationDefinition migration, LedgerState state) {
        RunningMigration running = state.running();
        if (running != null && running.id().equals(migration.id())) {
            return Optional.of(running(running));
        }
        return state.verdict(migration.id()).map(StatusRow::halted);
    }

    static StatusRow running(RunningMigration running) {
        Attempt attempt = running.attempt();
        String reverting = attempt.isRevert() ? "reverting" : null;
        String progress = running.progress() == null ? reverting : running.progress() + " done";
        return row(attempt, State.RUNNING, attempt.startedAt(), null, progress);
    }

    static StatusRow halted(BlockingVerdict halted) {
        Attempt attempt = halted.attempt();
        State state = halted.outcome() == Outcome.FAILED ? State.FAILED : State.INTERRUPTED;
        String error = halted.error() == null ? "" : halted.error();
        String note = attempt.isRevert() ? ("reverting: " + error) : error;
        return row(attempt, state, halted.at(), between(attempt.startedAt(), halted.at()), note);
    }

    static StatusRow applied(AppliedMigration applied, LedgerState state, boolean inThisBuild) {
        String token = applied.attempt().token();
        String note = state.attempts().stream()
                .filter(entry ->
                        entry.by() != null && token != null && entry.attempt().hasToken(token))
                .reduce((earlier, later) -> later)
                .map(entry -> HistoryRow.word(entry) + " by " + entry.by())
                .orElse(
                        token == null && state.isAdopted(applied.id())
                                ? "adopted: status file " + state.adoptedUpTo()
                                : null);
        Duration took = applied.took();
        return inThisBuild
                ? row(applied.attempt(), State.APPLIED, applied.finishedAt(), took, note)
                : row(applied.attempt(), State.UNKNOWN, applied.finishedAt(), took, note)
                        .notInThisBuild();
    }

    static StatusRow ignored(StartupContext.Ignored ignored) {
        return new StatusRow(
                ignored.number(), ignored.origin(), State.IGNORED, 0, null, null, null, "not 4 to 18 digits");
    }

    StatusRow notInThisBuild() {
        return new StatusRow(
                id,
                name,
                state,
                attempts,
                at,
                took,
                deployment,
                "not in this build" + (note == null || note.isEmpty() ? "" : "; " + note));
    }

    private static StatusRow row(
            Attempt attempt, State state, @Nullable Instant at, @Nullable Duration took, @Nullable String note) {
        return new StatusRow(
                attempt.id().toString(), attempt.name(), state, attempt.number(), at, took, attempt.deployment(), note);
    }

    /** Both times come from the clock of the owner, unless another process wrote the verdict. */
    static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to);
    }
}
