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
 * What a start makes of attempts whose receipt tells how they ended, for whoever looks and writes nothing. The steps that
 * do it are in {@link Start}.
 */
final class Settled {

    private Settled() {}

    /**
     * The last attempts that a receipt could settle, though the register does not say that they ended well; none while
     * somebody runs a migration, for whom everybody waits.
     */
    static List<Attempt> open(LedgerState state) {
        if (state.running() != null) {
            return List.of();
        }
        return Stream.concat(
                        state.attempts().stream().map(Past::id),
                        Stream.ofNullable(state.halted()).map(Halted::id))
                .distinct()
                .flatMap(id -> open(state, id).stream())
                .toList();
    }

    private static Optional<Attempt> open(LedgerState state, MigrationId id) {
        Optional<Attempt> halted = state.verdict(id).map(Halted::attempt);
        return halted.isPresent() || state.applied(id).isPresent() ? halted : Optional.of(Attempt.bare(id));
    }

    static LedgerState of(LedgerState state, Function<MigrationId, Optional<Applied>> receipts, Instant now) {
        LedgerState settled = state;
        for (Attempt last : open(state)) {
            Optional<Applied> receipt = receipts.apply(last.id());
            if (!last.reverts()) {
                Optional<Applied> done = receipt.filter(found -> !state.isUndone(found));
                settled = done.isPresent() ? settled.complete(done.get().by(last)) : settled;
            } else if (receipt.isEmpty()
                    && last.token() != null
                    && settled.applied(last.id()).isPresent()) {
                settled = new Acts(now, null, null).revert(settled, last);
            }
        }
        return settled;
    }
}
