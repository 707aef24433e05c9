package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Acts;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Past;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a start makes of verdicts whose receipt tells how the attempt ended, for whoever looks and writes nothing. The
 * steps that do it are in {@link Start}.
 */
final class Settled {

    private Settled() {}

    /** The verdicts that a receipt could settle; none while somebody runs a migration, for whom everybody waits. */
    static List<MigrationId> open(LedgerState state) {
        if (state.running() != null) {
            return List.of();
        }
        return Stream.concat(
                        state.attempts().stream().map(Past::id),
                        Stream.ofNullable(state.halted()).map(Halted::id))
                .distinct()
                .filter(id -> state.verdict(id).isPresent())
                .toList();
    }

    static LedgerState of(LedgerState state, Function<MigrationId, Optional<Applied>> receipts, Instant now) {
        LedgerState settled = state;
        for (MigrationId id : open(state)) {
            Attempt attempt = settled.verdict(id).orElseThrow().attempt();
            Optional<Applied> receipt = receipts.apply(id);
            if (!attempt.reverts() && receipt.isPresent() && !state.isUndone(receipt.get())) {
                settled = settled.complete(receipt.get());
            } else if (attempt.reverts()
                    && receipt.isEmpty()
                    && attempt.token() != null
                    && settled.applied(id).isPresent()) {
                settled = new Acts(now, null, null).revert(settled, attempt);
            }
        }
        return settled;
    }
}
