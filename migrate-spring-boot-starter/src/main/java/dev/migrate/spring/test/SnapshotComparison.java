package dev.migrate.spring.test;

import dev.migrate.spring.discovery.MigrationMetadata;
import dev.migrate.spring.test.Snapshot.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares declarations with the snapshot. New migrations can be added to it automatically; other differences are
 * faults.
 */
final class SnapshotComparison {

    private final Snapshot snapshot;
    private final String nextNumber;
    private final List<Line> rest;
    private final List<String> faults = new ArrayList<>();
    private final Map<Line, Line> changed = new LinkedHashMap<>();
    private final List<Line> added = new ArrayList<>();

    SnapshotComparison(List<MigrationMetadata> declarations, Snapshot snapshot, String nextNumber) {
        this.snapshot = snapshot;
        this.nextNumber = nextNumber;
        this.rest = new ArrayList<>(snapshot.lines().stream().distinct().toList());
        for (String line : snapshot.malformed()) {
            faults.add("The snapshot " + snapshot.path() + " has the line '" + line + "', which is malformed. Write"
                    + " number, name and environments, such as '0003 BackfillCarPrices *'.");
        }
        // Identical lines are removed first; only the remaining ones can be renamed.
        List<MigrationMetadata> unknown = declarations.stream()
                .filter(declaration -> take(Line.of(declaration)::equals).isEmpty())
                .toList();
        unknown.forEach(this::compare);
    }

    private void compare(MigrationMetadata declaration) {
        Line now = Line.of(declaration);
        Optional<Line> elsewhere =
                take(line -> line.id().equals(now.id()) && line.name().equals(now.name()));
        if (elsewhere.isPresent()) {
            changed.put(elsewhere.get(), now);
            return;
        }
        Optional<Line> renumbered = take(line -> line.name().equals(now.name()));
        if (renumbered.isPresent()) {
            faults.add(renumbered(declaration, renumbered.get()));
            return;
        }
        Optional<Line> renamed = take(line -> line.id().equals(now.id()) && line.overlaps(declaration));
        if (renamed.isPresent()) {
            faults.add(renamed(declaration, renamed.get()));
            return;
        }
        added.add(now);
    }

    private String renumbered(MigrationMetadata declaration, Line was) {
        return "The migration " + declaration.origin() + " has the number " + declaration.id()
                + ", but in the snapshot "
                + was.name() + " has the number " + was.id() + ". An environment that has applied it would run it"
                + " again. Restore its number. Only if no environment has applied it, write"
                + " '" + Line.of(declaration)
                + "' in place of the line '" + was + "' in " + snapshot.path()
                + "; if it is another migration of the same name, add that line instead.";
    }

    private String renamed(MigrationMetadata declaration, Line was) {
        return "The migration " + declaration.origin() + " is " + declaration.id() + " " + declaration.name()
                + ", but in the snapshot that number is " + was.name() + ". In an environment that has applied that"
                + " one, this one would never run, so startup would fail. If it is the same migration,"
                + " declare name = \""
                + was.name()
                + "\". If it is another one, give it the next free number, " + nextNumber
                + ". Only if no environment has applied it, write '" + Line.of(declaration)
                + "' in place of the line '" + was + "' in " + snapshot.path() + ".";
    }

    private Optional<Line> take(Predicate<Line> wanted) {
        Optional<Line> found = rest.stream().filter(wanted).findFirst();
        found.ifPresent(rest::remove);
        return found;
    }

    /** Returns the differences that need a manual change. */
    List<String> faults() {
        return faults;
    }

    /** Returns a fault if the snapshot lacks new migrations or changed environments. */
    Optional<String> outOfDate() {
        if (changed.isEmpty() && added.isEmpty()) {
            return Optional.empty();
        }
        String lines = Stream.concat(added.stream(), changed.values().stream())
                .map(line -> "'" + line + "'")
                .collect(Collectors.joining(", "));
        return Optional.of("The snapshot " + snapshot.path() + " does not have " + lines
                + ". After all other faults are fixed, run this test with -D" + MigrationsVerifier.UPDATE
                + "=true, or with the environment variable " + MigrationsVerifier.UPDATE_VARIABLE
                + "=true, and commit the file.");
    }

    void update() {
        if (outOfDate().isPresent()) {
            snapshot.write(changed, added);
        }
    }

    List<String> notes() {
        return rest.stream()
                .map(line -> "The snapshot has '" + line + "', whose class was removed. This is fine if it is"
                        + " applied everywhere; its number stays in use.")
                .toList();
    }
}
