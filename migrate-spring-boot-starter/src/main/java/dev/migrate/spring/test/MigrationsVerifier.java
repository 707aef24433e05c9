package dev.migrate.spring.test;

import dev.migrate.spring.discovery.MigrationMetadata;
import dev.migrate.spring.discovery.ScannedMigrations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks the migrations of an application in one of its tests: without starting it, without its beans and without a
 * ledger.
 *
 * <pre>{@code
 * @Test
 * void migrations_are_in_order() {
 *     MigrationsVerifier.of(CarApplication.class)
 *             .withSnapshot(Path.of("src/test/resources/migrations.txt"))
 *             .check();
 * }
 * }</pre>
 *
 * <p>It finds two migrations that have one number in one environment, malformed numbers and environments, and classes
 * and methods that cannot be a migration, also because of {@code @Async} or {@code @Transactional}. With a snapshot it
 * also finds what was renamed or renumbered since the snapshot was committed, which would otherwise be noticed only
 * where the old name is applied already.
 *
 * <p>Every annotated class counts, whatever its profiles and conditions.
 *
 * @since 0.1
 */
public final class MigrationsVerifier {

    /** The system property that lets {@link #check()} write new migrations into the snapshot. */
    public static final String UPDATE = "migrate.snapshot.update";

    /** The environment variable that does the same, for tools that hand no system property on to tests. */
    public static final String UPDATE_VARIABLE = "MIGRATE_SNAPSHOT_UPDATE";

    private final List<String> packages;
    private final @Nullable Path file;

    private MigrationsVerifier(List<String> packages, @Nullable Path file) {
        this.packages = packages;
        this.file = file;
    }

    /**
     * Looks into the package of a class and the packages below it, as Spring Boot does with the class of the
     * application.
     *
     * @param application the class of the application
     * @return a verifier without a snapshot
     */
    public static MigrationsVerifier of(Class<?> application) {
        return of(application.getPackageName());
    }

    /**
     * Looks into packages and the packages below them.
     *
     * @param packages the names of packages, at least one
     * @return a verifier without a snapshot
     * @throws IllegalArgumentException if no package is named
     */
    public static MigrationsVerifier of(String... packages) {
        if (packages.length == 0 || Arrays.stream(packages).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("Name the packages of the migrations, such as \"com.example.cars\".");
        }
        return new MigrationsVerifier(List.of(packages), null);
    }

    /**
     * Also compares with a text file that is committed beside the code, and has a line for each migration that there
     * ever was. Run the test with {@code -Dmigrate.snapshot.update=true}, or with the environment variable {@code
     * MIGRATE_SNAPSHOT_UPDATE=true}, to write new migrations into it; it is made when it is not there.
     *
     * @param file the file, such as {@code src/test/resources/migrations.txt}
     * @return a verifier with this snapshot
     */
    public MigrationsVerifier withSnapshot(Path file) {
        return new MigrationsVerifier(packages, file);
    }

    /**
     * Checks everything.
     *
     * @throws AssertionError if something is wrong; its message names all that is, and what to do
     */
    public void check() {
        Findings findings = look();
        List<String> faults = new ArrayList<>(findings.faults());
        Optional<SnapshotComparison> comparison = findings.comparison();
        if (faults.isEmpty() && updates(System::getenv)) {
            comparison.ifPresent(SnapshotComparison::update);
        } else {
            comparison.flatMap(SnapshotComparison::outOfDate).ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(message(faults, findings.notes()));
        }
    }

    /**
     * What is worth knowing and nothing wrong: numbers between the first and the last that no migration has, and
     * migrations of the snapshot whose class is gone.
     *
     * @return sentences; empty when there is nothing to tell
     */
    public List<String> notes() {
        return List.copyOf(look().notes());
    }

    static boolean updates(UnaryOperator<@Nullable String> environment) {
        return Boolean.getBoolean(UPDATE) || Boolean.parseBoolean(environment.apply(UPDATE_VARIABLE));
    }

    private Findings look() {
        ScannedMigrations scan = ScannedMigrations.of(packages);
        List<MigrationMetadata> declarations = scan.declarations().stream()
                .sorted(Comparator.comparing(MigrationMetadata::id).thenComparing(MigrationMetadata::origin))
                .toList();
        List<String> faults = new ArrayList<>(scan.faults());
        if (declarations.isEmpty() && faults.isEmpty()) {
            faults.add(
                    "No migration was found. Name the package of the application, or those that migrate.packages has.");
        }
        Optional<Snapshot> snapshot = Optional.ofNullable(file).map(Snapshot::read);
        var numbers = new SequenceNumbers(
                declarations, snapshot.map(Snapshot::numbers).orElse(List.of()));
        Optional<SnapshotComparison> comparison =
                snapshot.map(known -> new SnapshotComparison(declarations, known, numbers.next()));
        faults.addAll(numbers.twins());
        comparison.map(SnapshotComparison::faults).ifPresent(faults::addAll);

        List<String> notes = new ArrayList<>();
        numbers.gaps().ifPresent(notes::add);
        comparison.map(SnapshotComparison::notes).ifPresent(notes::addAll);
        return new Findings(faults, notes, comparison);
    }

    private String message(List<String> faults, List<String> notes) {
        var text = new StringBuilder("The migrations in " + String.join(", ", packages) + " are not in order:\n");
        faults.forEach(fault -> text.append("\n* ").append(fault).append('\n'));
        if (!notes.isEmpty()) {
            text.append("\nFor information:\n");
            notes.forEach(note -> text.append("\n- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private record Findings(List<String> faults, List<String> notes, Optional<SnapshotComparison> comparison) {}
}
