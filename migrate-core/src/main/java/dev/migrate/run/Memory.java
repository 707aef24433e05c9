package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process remembers of its run.
 *
 * @param found the verdicts that its first read already found, by {@link #key}; it is a later start than theirs
 * @param applied what it has applied itself, in order
 * @param reverted what it has undone itself, in order
 */
record Memory(Set<String> found, List<Applied> applied, List<Attempt> reverted) {

    Memory {
        found = Set.copyOf(found);
        applied = List.copyOf(applied);
        reverted = List.copyOf(reverted);
    }

    static Memory of(LedgerState first) {
        Stream<Halted> verdicts = Stream.concat(
                first.attempts().stream().flatMap(past -> past.verdict().stream()),
                Optional.ofNullable(first.halted()).stream());
        return new Memory(verdicts.map(Memory::key).collect(Collectors.toSet()), List.of(), List.of());
    }

    /** Of one attempt there can be two verdicts, one after the other: a late owner mends what was said of it. */
    static String key(Halted halted) {
        return halted.attempt().token() + " " + halted.verdict();
    }

    Memory applied(Applied done) {
        List<Applied> more = new ArrayList<>(applied);
        more.add(done);
        return new Memory(found, more, reverted);
    }

    boolean hasReverted(MigrationId id) {
        return reverted.stream().anyMatch(undone -> undone.id().equals(id));
    }

    Memory reverted(Attempt undone) {
        List<Attempt> more = new ArrayList<>(reverted);
        more.add(undone);
        return new Memory(found, applied, more);
    }
}
