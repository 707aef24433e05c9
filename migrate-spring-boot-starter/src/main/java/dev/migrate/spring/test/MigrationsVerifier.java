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
 * Checks the migrations of an application in a test, without an application context and without a ledger.
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
 * <p>It detects duplicate numbers in an environment, malformed numbers and environments, and classes and methods that
 * cannot be a migration, also because of {@code @Async} or {@code @Transactional}. With a snapshot it also detects
 * migrations that were renamed or renumbered since the snapshot was committed. Otherwise, only an environment with the
 * old name in its ledger would detect that.
 *
 * <p>It includes every annotated class; profiles and conditions are ignored.
 *
 * @since 0.1
 */
public final class MigrationsVerifier {

    /** The system property that lets {@link #check()} write new migrations into the snapshot. */
    public static final String UPDATE = "migrate.snapshot.update";

    /** The equivalent environment variable, for tools that pass no system properties to tests. */
    public static final String UPDATE_VARIABLE = "MIGRATE_SNAPSHOT_UPDATE";

    private final List<String> packages;
    private final @Nullable Path file;

    private MigrationsVerifier(List<String> packages, @Nullable Path file) {
        this.packages = packages;
        this.file = file;
    }

    /**
     * Creates a verifier for the package of a class and its subpackages, like Spring Boot's component scan.
     *
     * @param application the application class
     * @return a verifier without a snapshot
     */
    public static MigrationsVerifier of(Class<?> application) {
        return of(application.getPackageName());
    }

    /**
     * Creates a verifier for packages and their subpackages.
     *
     * @param packages the names of packages, at least one
     * @return a verifier without a snapshot
     * @throws IllegalArgumentException if there is no package, or a blank one
     */
    public static MigrationsVerifier of(String... packages) {
        if (packages.length == 0 || Arrays.stream(packages).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("Pass the packages of the migrations, such as \"com.example.cars\".");
        }
        return new MigrationsVerifier(List.of(packages), null);
    }

    /**
     * Adds a comparison with a snapshot: a committed text file with a line for every migration, including removed ones.
     * To create the file or to add new migrations, run the test with {@code -Dmigrate.snapshot.update=true} or with the
     * environment variable {@code MIGRATE_SNAPSHOT_UPDATE=true}.
     *
     * @param file the file, such as {@code src/test/resources/migrations.txt}
     * @return a verifier with this snapshot
     */
    public MigrationsVerifier withSnapshot(Path file) {
        return new MigrationsVerifier(packages, file);
    }

    /**
     * Runs all checks.
     *
     * @throws AssertionError if a check fails; the message lists every fault and what to do
     */
    public void check() {
        Findings findings = findings();
        List<String> faults = new ArrayList<>(findings.faults());
        Optional<SnapshotComparison> comparison = findings.comparison();
        if (faults.isEmpty() && isUpdateRequested(System::getenv)) {
            comparison.ifPresent(SnapshotComparison::update);
        } else {
            comparison.flatMap(SnapshotComparison::outOfDate).ifPresent(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(message(faults, findings.notes()));
        }
    }

    /**
     * Returns information that is not a fault: gaps in the numbering, and migrations of the snapshot whose class was
     * removed.
     *
     * @return sentences; empty if there are none
     */
    public List<String> notes() {
        return List.copyOf(findings().notes());
    }

    static boolean isUpdateRequested(UnaryOperator<@Nullable String> environment) {
        return Boolean.getBoolean(UPDATE) || Boolean.parseBoolean(environment.apply(UPDATE_VARIABLE));
    }

    private Findings findings() {
        ScannedMigrations scan = ScannedMigrations.of(packages);
        List<MigrationMetadata> declarations = scan.declarations().stream()
                .sorted(Comparator.comparing(MigrationMetadata::id).thenComparing(MigrationMetadata::origin))
                .toList();
        List<String> faults = new ArrayList<>(scan.faults());
        if (declarations.isEmpty() && faults.isEmpty()) {
            faults.add("No migration was found. Pass the package of the application, or the packages in"
                    + " migrate.packages.");
        }
        Optional<Snapshot> snapshot = Optional.ofNullable(file).map(Snapshot::read);
        var numbers = new SequenceNumbers(
                declarations, snapshot.map(Snapshot::numbers).orElse(List.of()));
        Optional<SnapshotComparison> comparison =
                snapshot.map(loaded -> new SnapshotComparison(declarations, loaded, numbers.next()));
        faults.addAll(numbers.duplicates());
        comparison.map(SnapshotComparison::faults).ifPresent(faults::addAll);

        List<String> notes = new ArrayList<>();
        numbers.gaps().ifPresent(notes::add);
        comparison.map(SnapshotComparison::notes).ifPresent(notes::addAll);
        return new Findings(faults, notes, comparison);
    }

    private String message(List<String> faults, List<String> notes) {
        var text = new StringBuilder("The migrations in " + String.join(", ", packages) + " have faults:\n");
        faults.forEach(fault -> text.append("\n* ").append(fault).append('\n'));
        if (!notes.isEmpty()) {
            text.append("\nFor information:\n");
            notes.forEach(note -> text.append("\n- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private record Findings(List<String> faults, List<String> notes, Optional<SnapshotComparison> comparison) {}
}
