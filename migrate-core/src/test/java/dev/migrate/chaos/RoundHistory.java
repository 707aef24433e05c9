package dev.migrate.chaos;

import dev.migrate.testing.RequestKind;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a round.
 *
 * @param lease the lease in milliseconds
 * @param lines the file of the actions
 * @param processes the processes
 * @param requests their requests
 * @param ledger what the server holds in the end
 */
record RoundHistory(
        long lease, List<ActionLine> lines, List<ProcessOutcome> processes, List<S3Request> requests, Ledger ledger) {

    RoundHistory {
        lines = List.copyOf(lines);
        processes = List.copyOf(processes);
        requests = List.copyOf(requests);
    }

    List<Execution> executions() {
        return Execution.of(lines);
    }

    ProcessOutcome process(long pid) {
        return processes.stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No process of this round is " + pid));
    }

    Optional<Execution> execution(String token) {
        return executions().stream()
                .filter(execution -> execution.start().token().equals(token))
                .findFirst();
    }

    /** The last time before a moment when a process wrote the register; the server may have done it a little later. */
    long lastWrite(long pid, long before) {
        return requests.stream()
                .filter(request ->
                        request.pid() == pid && request.kind() == RequestKind.WRITE_REGISTER && request.done())
                .mapToLong(S3Request::forwardedAt)
                .filter(at -> at <= before)
                .max()
                .orElse(Long.MIN_VALUE / 2);
    }

    /** The request that wrote the receipt of a migration. */
    Optional<S3Request> receiptWritten(String id) {
        return requests.stream()
                .filter(request -> request.kind() == RequestKind.WRITE_RECEIPT && request.done())
                .filter(request -> request.name().equals(id))
                .findFirst();
    }
}
