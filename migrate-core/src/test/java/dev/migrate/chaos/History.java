package dev.migrate.chaos;

import dev.migrate.testing.Kind;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a round.
 *
 * @param lease the lease in milliseconds
 * @param lines the file of the actions
 * @param fates the processes
 * @param asked their requests
 * @param ledger what the server holds in the end
 */
record History(long lease, List<TraceLine> lines, List<Outcome> fates, List<OperatorCommand> asked, Ledger ledger) {

    History {
        lines = List.copyOf(lines);
        fates = List.copyOf(fates);
        asked = List.copyOf(asked);
    }

    List<Execution> executions() {
        return Execution.of(lines);
    }

    Outcome fate(long pid) {
        return fates.stream()
                .filter(fate -> fate.pid() == pid)
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
        return asked.stream()
                .filter(request -> request.pid() == pid && request.kind() == Kind.WRITE_REGISTER && request.done())
                .mapToLong(OperatorCommand::forwardedAt)
                .filter(at -> at <= before)
                .max()
                .orElse(Long.MIN_VALUE / 2);
    }

    /** The request that wrote the receipt of a migration. */
    Optional<OperatorCommand> receiptWritten(String id) {
        return asked.stream()
                .filter(request -> request.kind() == Kind.WRITE_RECEIPT && request.done())
                .filter(request -> request.name().equals(id))
                .findFirst();
    }
}
