package dev.migrate.chaos;

import dev.migrate.chaos.InjectedFault.Signal;
import dev.migrate.chaos.Round.Result;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What can come of a round, counted so that nobody takes silence for proof. */
enum Coverage {
    PROCESSES("processes", of -> of.history().processes().size()),
    APPLIED("migrations applied", of -> of.history().ledger().applied().size()),
    ALL_APPLIED(
            "rounds in which all is applied in the end",
            of -> of.history().ledger().halted() == null ? 1 : 0),
    INTERRUPTED("rounds blocked on INTERRUPTED in the end", of -> blocked(of, "INTERRUPTED")),
    FAILED("rounds blocked on FAILED in the end", of -> blocked(of, "FAILED")),
    RETRIED("failed, and started again by another deployment", of -> again(of, ActionLine.What.THREW)),
    TAKEN_OVER("claims taken over", of -> takenOver(of).count()),
    OVERTAKEN("started again although the last start never said its end", Coverage::overtaken),
    RESUMED("started from a checkpoint", of -> of.history().executions().stream()
            .filter(e -> e.start().step() > 0)
            .count()),
    CUT("actions interrupted", of -> of.history().executions().stream()
            .filter(e -> e.has(ActionLine.What.CUT))
            .count()),
    RECEIPT_FOUND("applied by a receipt that another process found", Coverage::receiptFound),
    LATE_OWNER("applied by an owner that was taken for lost", Coverage::lateOwner),
    NEVER_STARTED("claims taken over whose action never started", Coverage::neverStarted),
    HELD_UP("taken for lost though nothing was done to it", Coverage::heldUp);

    private final String title;
    private final ToLongFunction<Result> count;

    Coverage(String title, ToLongFunction<Result> count) {
        this.title = title;
        this.count = count;
    }

    String title() {
        return title;
    }

    static Map<Coverage, Long> count(List<Result> results) {
        Map<Coverage, Long> counts = new EnumMap<>(Coverage.class);
        for (Coverage what : values()) {
            counts.put(what, results.stream().mapToLong(what.count).sum());
        }
        return counts;
    }

    private static long blocked(Result of, String verdict) {
        Ledger.Halted halted = of.history().ledger().halted();
        return halted != null && halted.verdict().equals(verdict) ? 1 : 0;
    }

    private static long again(Result of, ActionLine.What last) {
        List<Execution> all = of.history().executions();
        return all.stream()
                .filter(e -> e.has(last))
                .filter(e -> all.stream().anyMatch(later -> later.id().equals(e.id()) && later.first() > e.last()))
                .count();
    }

    private static long overtaken(Result of) {
        List<Execution> all = of.history().executions();
        return all.stream()
                .filter(e -> all.stream()
                        .anyMatch(later ->
                                later.id().equals(e.id()) && later.first() > e.first() && later.first() < e.last()))
                .count();
    }

    private static long receiptFound(Result of) {
        return of.history().processes().stream()
                .flatMap(process -> process.output().stream())
                .filter(line -> line.contains("counts as applied: its receipt is there"))
                .count();
    }

    private static long lateOwner(Result of) {
        return takenOver(of)
                .filter(words ->
                        words[2].equals(of.history().ledger().receipts().get(words[1])))
                .filter(words -> !killed(of, words[2]))
                .count();
    }

    private static boolean killed(Result of, String token) {
        Execution execution = of.history().execution(token).orElseThrow();
        return of.history().process(execution.start().pid()).met(Signal.KILL);
    }

    private static long neverStarted(Result of) {
        return takenOver(of)
                .filter(words -> of.history().execution(words[2]).isEmpty())
                .count();
    }

    /** The claims that were taken over: the number of the migration, and the token. */
    private static Stream<String[]> takenOver(Result of) {
        return of.history().processes().stream()
                .flatMap(process -> process.output().stream())
                .filter(line -> line.startsWith("takes-over "))
                .map(line -> line.split(" "));
    }

    private static long heldUp(Result of) {
        Ledger.Halted halted = of.history().ledger().halted();
        return halted != null
                        && halted.verdict().equals("INTERRUPTED")
                        && of.history().process(halted.pid()).done().isEmpty()
                ? 1
                : 0;
    }
}
