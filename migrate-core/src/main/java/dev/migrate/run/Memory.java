package dev.migrate.run;

import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process remembers of its run.
 *
 * @param found the tokens of the attempts whose verdicts its first read already found; it is a later start than theirs
 * @param applied what it has applied itself, in order
 */
record Memory(Set<String> found, List<Applied> applied) {

    Memory {
        found = Set.copyOf(found);
        applied = List.copyOf(applied);
    }

    static Memory of(LedgerState first) {
        Stream<Attempt> attempts = Stream.concat(
                first.attempts().stream().map(Past::attempt),
                Optional.ofNullable(first.halted()).map(Halted::attempt).stream());
        return new Memory(
                attempts.flatMap(attempt -> Optional.ofNullable(attempt.token()).stream())
                        .collect(Collectors.toSet()),
                List.of());
    }

    Memory applied(Applied done) {
        List<Applied> more = new ArrayList<>(applied);
        more.add(done);
        return new Memory(found, more);
    }
}
