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

/** The numbers of migrations: which are taken twice, which by none, and which comes next. */
final class SequenceNumbers {

    private static final int GAPS_SHOWN = 5;

    private final List<MigrationMetadata> declarations;
    private final TreeSet<MigrationId> taken;

    /**
     * Looks at declarations.
     *
     * @param declarations in the order of their numbers
     * @param known numbers that are taken besides
     */
    SequenceNumbers(List<MigrationMetadata> declarations, Collection<MigrationId> known) {
        this.declarations = declarations;
        this.taken = Stream.concat(declarations.stream().map(MigrationMetadata::id), known.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The number after the last one. */
    String next() {
        return next(taken);
    }

    /** The number after the last one, as wide as that one is; {@code 0001} when there is none. */
    static String next(Collection<MigrationId> taken) {
        Optional<MigrationId> last = taken.stream().max(MigrationId::compareTo);
        long number = last.map(MigrationId::number).orElse(0L) + 1;
        int width = last.map(id -> id.toString().length()).orElse(4);
        String next = String.format("%0" + width + "d", number);
        return MigrationId.parse(next)
                .orElseThrow(() -> new IllegalArgumentException("No number follows " + last.orElseThrow() + "."))
                .toString();
    }

    /** Each two that have one number in one environment. */
    List<String> twins() {
        List<String> twins = new ArrayList<>();
        for (int i = 0; i < declarations.size(); i++) {
            MigrationMetadata one = declarations.get(i);
            for (MigrationMetadata other : declarations.subList(i + 1, declarations.size())) {
                if (one.id().equals(other.id()) && one.meets(other)) {
                    twins.add("Two migrations have the number " + one.id() + " in one environment: " + told(one)
                            + " and " + told(other) + ". Give the one that no environment has applied yet the next"
                            + " free number, " + next() + ".");
                }
            }
        }
        return twins;
    }

    /** The numbers in between that are not taken. */
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

    private static String told(MigrationMetadata declaration) {
        return declaration.origin() + " (" + Snapshot.Line.of(declaration).where() + ")";
    }
}
