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
 * Something that happened to a migration.
 *
 * @param attempt the attempt that ended, or that an operator's act was about
 * @param what how it ended or what was done, as one word of small letters
 * @param at when; null where nobody knows, or where it goes on
 * @param took how long the action ran, or null
 * @param error what went wrong, or null
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
     * All that the ledger tells.
     *
     * @param state what the ledger says
     * @return what happened, in order of time
     */
    public static List<HistoryRow> of(LedgerState state) {
        List<HistoryRow> rows = new ArrayList<>();
        applied(state, false).forEach(rows::add);
        state.attempts().stream()
                .filter(past -> !counts(past.attempt(), past.took(), past.type(), state))
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
        // Stable: of the same millisecond, what was applied at once comes before what befell the ones after it.
        rows.sort(Comparator.comparing(HistoryRow::order));
        return rows;
    }

    /** What is applied: at the first attempt, or after something else had come of it. */
    private static Stream<HistoryRow> applied(LedgerState state, boolean afterAll) {
        return state.applied().stream()
                .filter(done -> !counts(done.attempt(), done.took(), HistoryEntry.APPLIED, state))
                .filter(done -> afterAll
                        == state.attempts().stream().anyMatch(past -> past.id().equals(done.id())))
                .map(HistoryRow::of);
    }

    /** What an operator did, as a person says it. */
    static String word(HistoryEntry act) {
        return word(act.type().toLowerCase(Locale.ROOT));
    }

    /**
     * What was done, as a person says it.
     *
     * @param what the word of the ledger, in small letters
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
     * Whether it goes on.
     *
     * @return whether it has not ended
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

    /** Whether it is applied by an operator's word alone, which the history tells by itself. */
    private static boolean counts(Attempt attempt, @Nullable Duration took, String what, LedgerState state) {
        String token = attempt.token();
        return what.equals(HistoryEntry.APPLIED)
                && took == null
                && token != null
                && state.attempts().stream()
                        .anyMatch(past ->
                                BY_WORD.contains(past.type()) && past.attempt().hasToken(token));
    }

    private static HistoryRow of(HistoryEntry past) {
        Duration took = past.took();
        boolean ran = past.by() == null || past.type().equals(HistoryEntry.OperatorAction.REVERT.name());
        if (took == null && ran) {
            took = StatusRow.between(past.attempt().startedAt(), past.at());
        }
        String what = past.type().toLowerCase(Locale.ROOT);
        return new HistoryRow(past.attempt(), what, past.at(), took, past.error(), past.by(), past.reason());
    }

    private static HistoryRow of(AppliedMigration done) {
        return new HistoryRow(done.attempt(), "applied", done.finishedAt(), done.took(), null, null, null);
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
