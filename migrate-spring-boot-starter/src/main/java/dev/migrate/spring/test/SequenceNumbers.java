package dev.migrate.spring.test;

import dev.migrate.MigrationId;
import dev.migrate.spring.discovery.MigrationMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sequence numbers of migrations: duplicates, gaps and the next free number. */
final class SequenceNumbers {

    private static final int GAPS_SHOWN = 5;

    private final List<MigrationMetadata> declarations;
    private final TreeSet<MigrationId> taken;

    /**
     * Creates the set of numbers.
     *
     * @param declarations the declarations, ordered by number
     * @param known additional numbers that are in use
     */
    SequenceNumbers(List<MigrationMetadata> declarations, Collection<MigrationId> known) {
        this.declarations = declarations;
        this.taken = Stream.concat(declarations.stream().map(MigrationMetadata::id), known.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the number after the highest one. */
    String next() {
        return next(taken);
    }

    /** Returns the number after the highest one, with the same number of digits; {@code 0001} if there is none. */
    static String next(Collection<MigrationId> taken) {
        Optional<MigrationId> last = taken.stream().max(MigrationId::compareTo);
        long number = last.map(MigrationId::number).orElse(0L) + 1;
        int width = last.map(id -> id.toString().length()).orElse(4);
        String next = String.format("%0" + width + "d", number);
        return MigrationId.parse(next)
                .orElseThrow(() -> new IllegalArgumentException("No number follows " + last.orElseThrow() + "."))
                .toString();
    }

    /** Returns a fault for each pair with the same number in an environment. */
    List<String> duplicates() {
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < declarations.size(); i++) {
            MigrationMetadata one = declarations.get(i);
            for (MigrationMetadata other : declarations.subList(i + 1, declarations.size())) {
                if (one.id().equals(other.id()) && one.overlaps(other)) {
                    duplicates.add("Two migrations have the number " + one.id() + " in one environment:"
                            + " " + describe(one)
                            + " and " + describe(other) + ". Give the one that no environment has applied yet the next"
                            + " free number, " + next() + ".");
                }
            }
        }
        return duplicates;
    }

    /** Returns a note on the gaps in the numbering; empty if there are none. */
    Optional<String> gaps() {
        List<String> gaps = new ArrayList<>();
        MigrationId before = null;
        for (MigrationId id : taken) {
            if (before != null && id.number() > before.number() + 1) {
                gaps.add("between " + before + " and " + id);
            }
            before = id;
        }
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        String more = gaps.size() > GAPS_SHOWN ? ", and " + (gaps.size() - GAPS_SHOWN) + " more gaps" : "";
        return Optional.of("No migration has a number "
                + String.join(", ", gaps.subList(0, Math.min(gaps.size(), GAPS_SHOWN))) + more + ".");
    }

    private static String describe(MigrationMetadata declaration) {
        return declaration.origin() + " (" + Snapshot.Line.of(declaration).where() + ")";
    }
}
