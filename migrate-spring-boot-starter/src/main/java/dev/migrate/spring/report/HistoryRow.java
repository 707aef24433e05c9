package dev.migrate.spring.report;

import dev.migrate.internal.ledger.HistoryEntry;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.Operator;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event in the history of a migration.
 *
 * @param attempt the attempt that ended, or that an operator's command is about
 * @param what the outcome or the command, as one word in lower case
 * @param at the time; null if it is unknown or the attempt is running
 * @param took how long the action ran, or null
 * @param error the error, or null
 * @param by the operator, or null
 * @param reason why the operator did it, or null
 * @since 0.1
 */
public record HistoryRow(
        Attempt attempt,
        String what,
        @Nullable Instant at,
        @Nullable Duration took,
        @Nullable String error,
        @Nullable Operator by,
        @Nullable String reason) {

    private static final String RUNNING = "running";
    private static final Set<String> BY_WORD =
            Set.of(HistoryEntry.OperatorAction.STAMP.name(), HistoryEntry.OperatorAction.RESOLVE.name());

    /**
     * Returns all events in a ledger.
     *
     * @param state the state of the ledger
     * @return the events, the oldest first
     */
    public static List<HistoryRow> of(LedgerState state) {
        List<HistoryRow> rows = new ArrayList<>();
        applied(state, false).forEach(rows::add);
        state.attempts().stream()
                .filter(entry -> !counts(entry.attempt(), entry.took(), entry.type(), state))
                .map(HistoryRow::of)
                .forEach(rows::add);
        applied(state, true).forEach(rows::add);
        BlockingVerdict halted = state.halted();
        if (halted != null) {
            rows.add(of(halted));
        }
        RunningMigration running = state.running();
        if (running != null) {
            rows.add(new HistoryRow(running.attempt(), RUNNING, null, null, null, null, null));
        }
        // A stable sort: within a millisecond, an applied migration comes before the events of later migrations.
        rows.sort(Comparator.comparing(HistoryRow::order));
        return rows;
    }

    /** Returns the applied migrations without, or with, earlier events. */
    private static Stream<HistoryRow> applied(LedgerState state, boolean afterAll) {
        return state.applied().stream()
                .filter(applied -> !counts(applied.attempt(), applied.took(), HistoryEntry.APPLIED, state))
                .filter(applied -> afterAll
                        == state.attempts().stream()
                                .anyMatch(entry -> entry.id().equals(applied.id())))
                .map(HistoryRow::of);
    }

    /** Returns the display name of an operator's command. */
    static String word(HistoryEntry act) {
        return word(act.type().toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the display name of an outcome or a command.
     *
     * @param what the word of the ledger, in lower case
     * @return one or two words
     */
    public static String word(String what) {
        return switch (what) {
            case "revert" -> "reverted";
            case "retry" -> "retry allowed";
            case "resolve" -> "resolved";
            case "stamp" -> "stamped";
            default -> what;
        };
    }

    /**
     * Tells whether the attempt is running.
     *
     * @return whether it is running
     */
    public boolean isRunning() {
        return what.equals(RUNNING);
    }

    private Instant order() {
        if (isRunning()) {
            return Instant.MAX;
        }
        return at == null ? Instant.MIN : at;
    }

    /** Tells whether an operator's command made the migration applied; the history contains that command. */
    private static boolean counts(Attempt attempt, @Nullable Duration took, String what, LedgerState state) {
        String token = attempt.token();
        return what.equals(HistoryEntry.APPLIED)
                && took == null
                && token != null
                && state.attempts().stream()
                        .anyMatch(entry -> BY_WORD.contains(entry.type())
                                && entry.attempt().hasToken(token));
    }

    private static HistoryRow of(HistoryEntry entry) {
        Duration took = entry.took();
        boolean ran = entry.by() == null || entry.type().equals(HistoryEntry.OperatorAction.REVERT.name());
        if (took == null && ran) {
            took = StatusRow.between(entry.attempt().startedAt(), entry.at());
        }
        String what = entry.type().toLowerCase(Locale.ROOT);
        return new HistoryRow(entry.attempt(), what, entry.at(), took, entry.error(), entry.by(), entry.reason());
    }

    private static HistoryRow of(AppliedMigration applied) {
        return new HistoryRow(applied.attempt(), "applied", applied.finishedAt(), applied.took(), null, null, null);
    }

    private static HistoryRow of(BlockingVerdict halted) {
        return new HistoryRow(
                halted.attempt(),
                halted.outcome().name().toLowerCase(Locale.ROOT),
                halted.at(),
                StatusRow.between(halted.attempt().startedAt(), halted.at()),
                halted.error(),
                null,
                null);
    }
}
