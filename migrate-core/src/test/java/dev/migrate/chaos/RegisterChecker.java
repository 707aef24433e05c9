package dev.migrate.chaos;

import dev.migrate.testing.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges a round by every write of the register that the server took, and by when the actions and receipts were written. */
final class RegisterChecker {

    private final RoundHistory history;
    private final List<S3Request> writes;
    private final List<String> violations = new ArrayList<>();

    RegisterChecker(RoundHistory history) {
        this.history = history;
        this.writes = history.requests().stream()
                .filter(request -> request.register() != null)
                .sorted(Comparator.comparingLong(S3Request::answeredAt))
                .toList();
    }

    List<String> judge() {
        Set<String> applied = new TreeSet<>();
        for (S3Request write : writes) {
            keeps(write, applied);
            verdict(write);
            applied.addAll(write.register().applied());
        }
        history.executions().forEach(this::started);
        return violations;
    }

    private void broken(Promise promise, String how) {
        violations.add(promise.broken(how));
    }

    /** Of writes that crossed nobody knows which the server did first. */
    private void keeps(S3Request write, Set<String> applied) {
        for (String id : write.register().applied()) {
            boolean receipt = history.receiptWritten(id)
                    .filter(wrote -> wrote.forwardedAt() <= write.answeredAt())
                    .isPresent();
            if (!applied.contains(id) && !receipt) {
                broken(Promise.RECEIPT_FIRST, "the register calls " + id + " applied before its receipt is there");
            }
        }
        boolean crossed = writes.stream()
                .anyMatch(other -> other != write
                        && other.forwardedAt() <= write.answeredAt()
                        && other.answeredAt() >= write.forwardedAt());
        if (!crossed && !write.register().applied().containsAll(applied)) {
            broken(
                    Promise.REGISTER,
                    "the register called " + applied + " applied, and then "
                            + write.register().applied());
        }
    }

    /** An owner that says that its action failed knows the last checkpoint. */
    private void verdict(S3Request write) {
        WrittenState register = write.register();
        Optional<Execution> failed = history.execution(register.halted())
                .filter(e -> e.start().pid() == write.pid() && e.has(ActionLine.What.THREW))
                .filter(e -> register.verdict().equals("FAILED") && isResumable(e));
        failed.filter(e -> register.checkpoint() < lastStep(e))
                .ifPresent(e -> broken(
                        Promise.LAST_CHECKPOINT,
                        e + " failed after step " + lastStep(e) + ", and its verdict has " + register.checkpoint()));
    }

    private static int lastStep(Execution execution) {
        return execution.lines().stream()
                .filter(line -> line.what() == ActionLine.What.STEP)
                .mapToInt(ActionLine::step)
                .max()
                .orElse(0);
    }

    private boolean isResumable(Execution execution) {
        return history.process(execution.start().pid()).build().migrations().stream()
                .anyMatch(spec -> spec.id().equals(execution.id()) && spec.type() == MigrationSpec.Type.RESUMABLE);
    }

    private void started(Execution start) {
        String token = start.start().token();
        long at = start.start().at();
        Optional<S3Request> claim = writes.stream()
                .filter(write -> write.register().running().equals(token))
                .findFirst();
        boolean other = history.requests().stream().anyMatch(request -> request.register() != null);
        if (other && claim.filter(write -> write.forwardedAt() <= at).isEmpty()) {
            broken(Promise.CLAIM, start + " starts before its claim is in the register");
        }
        int held = writes.stream()
                .filter(write ->
                        claim.isPresent() && write.answeredAt() <= claim.get().forwardedAt())
                .filter(write -> history.execution(write.register().token())
                        .filter(e -> e.id().equals(start.id()))
                        .isPresent())
                .mapToInt(write -> write.register().checkpoint())
                .max()
                .orElse(0);
        if (isResumable(start) && start.start().step() < held) {
            broken(
                    Promise.CHECKPOINT,
                    start + " starts from " + start.start().step() + " though the register held " + held);
        }
    }
}
