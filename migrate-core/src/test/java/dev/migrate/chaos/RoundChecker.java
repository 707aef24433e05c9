package dev.migrate.chaos;

import dev.migrate.chaos.InjectedFault.Signal;
import dev.migrate.chaos.ProcessOutcome.Blocked;
import dev.migrate.testing.Promise;
import dev.migrate.testing.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges a round by what its actions wrote to the file, what was done to its processes, what they sent, and what the
 * server holds in the end. It knows nothing of how the protocol works. Times are compared where one machine's clock gave
 * them all, and so that a slow machine can break no rule.
 */
final class RoundChecker {

    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    /** How long the line of a start may take to get into the file. */
    private static final long MOST_MILLIS_TO_WRITE = 500;

    private final RoundHistory history;
    private final Ledger ledger;
    private final List<Execution> executions;
    private final List<String> violations = new ArrayList<>();

    RoundChecker(RoundHistory history) {
        this.history = history;
        this.ledger = history.ledger();
        this.executions = history.executions();
    }

    /** What is wrong with the round; nothing, when all promises were kept. */
    List<String> judge() {
        for (int i = 0; i < executions.size(); i++) {
            started(executions.get(i), executions.subList(0, i));
        }
        executions.forEach(this::steps);
        nothingIsLost();
        history.processes().forEach(this::process);
        violations.addAll(new RegisterChecker(history).judge());
        if (ledger.running() != null) {
            broken(Promise.PROGRESS, ledger.running() + " is claimed in the end");
        }
        return violations;
    }

    /** Who has neither ended nor is blocked for a reason that holds. */
    List<ProcessOutcome> unsettled() {
        return history.processes().stream()
                .filter(process -> process.alive() && !isBlockedWithReason(process))
                .toList();
    }

    private void broken(Promise promise, String how) {
        violations.add(promise.broken(how));
    }

    private void started(Execution start, List<Execution> earlier) {
        ProcessOutcome by = history.process(start.start().pid());
        List<Execution> same =
                earlier.stream().filter(e -> e.id().equals(start.id())).toList();
        if (same.stream().anyMatch(e -> e.start().attempt() == start.start().attempt())) {
            broken(Promise.CLAIM, start + " has the number of another attempt");
        }
        boolean frozen = frozenBeforeItsLine(start);
        if (!frozen && !same.isEmpty() && !by.build().restarts(start.id()) && !failedElsewhere(same, start, by)) {
            broken(Promise.RESTART, start + " starts again without permission, after " + same.get(same.size() - 1));
        }
        long silent = start.start().at()
                - history.lastWrite(start.start().pid(), start.start().at());
        if (!frozen && silent >= history.lease() + MOST_MILLIS_TO_WRITE) {
            broken(Promise.DEADLINE, start + " starts " + silent + " ms after its process last wrote the register");
        }
        history.receiptWritten(start.id()).ifPresent(receipt -> {
            if (receipt.answeredAt() < by.startedAt()) {
                broken(Promise.RESTART, start + " starts in a process younger than its receipt");
            }
        });
        for (Execution other : earlier) {
            if (!frozen && other.last() > start.first()) {
                beside(start, by, other);
            }
        }
        for (MigrationSpec spec : by.build().migrations()) {
            if (spec.id().compareTo(start.id()) < 0
                    && history.receiptWritten(spec.id())
                            .filter(receipt ->
                                    receipt.forwardedAt() <= start.start().at())
                            .isEmpty()) {
                broken(Promise.ORDER, start + " starts before " + spec.id() + " has a receipt");
            }
        }
    }

    private boolean failedElsewhere(List<Execution> earlier, Execution start, ProcessOutcome by) {
        Execution last = earlier.get(earlier.size() - 1);
        return last.has(ActionLine.What.THREW)
                && last.last() < start.first()
                && !threw(start.id(), by.build().deployment(), start.first());
    }

    private boolean threw(String id, String deployment, int before) {
        return executions.stream()
                .filter(e -> e.id().equals(id) && e.has(ActionLine.What.THREW) && e.last() < before)
                .anyMatch(e ->
                        history.process(e.start().pid()).build().deployment().equals(deployment));
    }

    /** An action starts while another has not said that it is over. */
    private void beside(Execution start, ProcessOutcome by, Execution other) {
        boolean plain = !history.process(other.start().pid()).build().restarts(other.id());
        // A build that declares it rerunnable has gone past it: that start was judged when it came.
        boolean past = executions.stream()
                .anyMatch(e -> e.id().equals(other.id()) && e.first() > other.first() && e.first() < start.first());
        if (plain && !past && !by.build().restarts(other.id())) {
            broken(Promise.ALONE, start + " starts beside " + other + ", which may start but once");
        }
        long silent = start.start().at()
                - history.lastWrite(other.start().pid(), start.start().at());
        if (silent < history.lease()) {
            broken(
                    Promise.LEASE,
                    start + " starts beside " + other + ", whose process wrote the register " + silent + " ms before");
        }
    }

    /**
     * Between the last look at the deadline and the line in the file there is nothing that could keep a process from
     * being frozen just there. While it waits for an answer it is not there.
     */
    private boolean frozenBeforeItsLine(Execution start) {
        long claimed = history.lastWrite(start.start().pid(), start.start().at());
        return history.process(start.start().pid()).done().stream()
                .filter(done -> done.signal() == Signal.STOP && done.random())
                .anyMatch(done ->
                        done.until() >= claimed && done.at() <= start.start().at() + MOST_MILLIS_TO_WRITE);
    }

    /** Whoever goes on from a checkpoint, goes on from what was done. */
    private void steps(Execution execution) {
        int from = execution.start().step();
        int to = execution.lines().stream().mapToInt(ActionLine::step).max().orElse(from);
        Set<Integer> done = history
                .lines()
                .subList(0, Math.min(execution.last(), history.lines().size()))
                .stream()
                .filter(line -> line.id().equals(execution.id()) && line.what() == ActionLine.What.STEP)
                .map(ActionLine::step)
                .collect(Collectors.toSet());
        int last = execution.has(ActionLine.What.END) ? to : from;
        if (!done.containsAll(IntStream.rangeClosed(1, last).boxed().toList())) {
            broken(Promise.CHECKPOINT, execution + " has left out a step, from " + from + " to " + to);
        }
    }

    private void nothingIsLost() {
        Map<String, String> receipts = ledger.receipts();
        if (!receipts.keySet().equals(ledger.applied().keySet())) {
            broken(
                    Promise.RECEIPT,
                    "the register calls applied " + ledger.applied() + ", and the receipts are " + receipts);
        }
        receipts.forEach(this::cameToItsEnd);
        // Where two attempts came to their end, the register may name the one and the receipt the other.
        ledger.applied().forEach(this::cameToItsEnd);
        history.requests().stream()
                .filter(request -> request.kind() == RequestKind.WRITE_RECEIPT && request.done())
                .filter(request -> !receipts.containsKey(request.name()))
                .forEach(request -> broken(Promise.RECEIPT, "the receipt of " + request.name() + " is gone"));
        executions.stream()
                .filter(e -> e.returned() && !receipts.containsKey(e.id()))
                .filter(e -> !history.process(e.start().pid()).met(Signal.KILL))
                .forEach(e -> broken(Promise.LATE_OWNER, e + " came to its end and is not applied"));
    }

    private void cameToItsEnd(String id, String token) {
        if (history.execution(token)
                .filter(e -> e.id().equals(id) && e.has(ActionLine.What.END))
                .isEmpty()) {
            broken(Promise.RECEIPT, id + " counts as applied, and that attempt did not come to its end");
        }
    }

    private void process(ProcessOutcome process) {
        if (process.alive()) {
            broken(Promise.PROGRESS, process + " neither ends nor is blocked for a reason that holds");
            return;
        }
        if (process.servedAt() != null) {
            process.build().migrations().stream()
                    .filter(spec -> history.receiptWritten(spec.id())
                            .filter(receipt -> receipt.forwardedAt() <= process.servedAt())
                            .isEmpty())
                    .forEach(spec ->
                            broken(Promise.SERVING, process + " serves before " + spec.id() + " has a receipt"));
        }
        if (!process.met(Signal.KILL)) {
            executions.stream()
                    .filter(e -> e.start().pid() == process.pid() && e.returned() && !process.reports(e.id()))
                    .forEach(e -> broken(Promise.REPORT, process + " does not report how " + e + " ended"));
        }
        int exit = process.exit();
        boolean asItMust =
                switch (exit) {
                    case 0 ->
                        process.build().migrations().stream()
                                .allMatch(spec -> ledger.applied().containsKey(spec.id()));
                    case KILLED -> process.met(Signal.KILL);
                    case TERMINATED -> process.met(Signal.TERM) || isBlockedWithReason(process);
                    default -> false;
                };
        if (!asItMust) {
            broken(Promise.PROGRESS, process + " ended with " + exit + ", blocked: " + process.blocked());
        }
    }

    private boolean isBlockedWithReason(ProcessOutcome process) {
        Ledger.Halted halted = ledger.halted();
        if (process.blocked().isEmpty() || halted == null) {
            return false;
        }
        Blocked blocked = process.blocked().get();
        String id = halted.id();
        if (!blocked.equals(new Blocked(id, halted.verdict(), halted.token()))
                || ledger.receipts().containsKey(id)) {
            return false;
        }
        return switch (halted.verdict()) {
            case "FAILED" -> threw(id, process.build().deployment(), Integer.MAX_VALUE);
            case "INTERRUPTED" -> !process.build().restarts(id) && wasInterrupted(halted);
            default -> false;
        };
    }

    /** Whether nobody can know how far an action came, as the verdict says. */
    private boolean wasInterrupted(Ledger.Halted halted) {
        ProcessOutcome owner = history.process(halted.pid());
        boolean ended = owner.met(Signal.KILL)
                || history.execution(halted.token())
                        .filter(e -> e.returned() || (e.has(ActionLine.What.THREW) && !owner.met(Signal.TERM)))
                        .isEmpty();
        long silent = halted.at() - history.lastWrite(owner.pid(), halted.at());
        return ended && (owner.met(Signal.TERM) || silent >= history.lease());
    }
}
