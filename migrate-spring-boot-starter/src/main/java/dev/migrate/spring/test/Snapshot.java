package dev.migrate.spring.test;

import dev.migrate.MigrationId;
import dev.migrate.spring.discovery.MigrationMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The committed list of migrations. New lines are appended, so two branches that use the same number get a merge
 * conflict.
 *
 * @param file the file, which may not exist yet
 * @param text its lines, unchanged
 */
record Snapshot(Path file, List<String> text) {

    private static final List<String> HEADER = List.of(
            "# The migrations of this application: number, name, environments (* for all). MigrationsVerifier",
            "# compares the code with it. To add new migrations, run that test with -Dmigrate.snapshot.update=true.");

    /**
     * The line of a migration.
     *
     * @param environments the declared environments, sorted and separated by commas
     */
    record Line(MigrationId id, String name, String environments) {

        private static final Pattern FORM = Pattern.compile("(\\d{4,18})\\s+(\\S.*?)\\s+(\\S+)");

        static Line of(MigrationMetadata declaration) {
            return new Line(
                    declaration.id(),
                    declaration.name(),
                    declaration.environments().isEmpty()
                            ? "*"
                            : String.join(
                                    ",",
                                    declaration.environments().stream().sorted().toList()));
        }

        static Optional<Line> parse(String text) {
            Matcher line = FORM.matcher(text.strip());
            return line.matches()
                    ? Optional.of(new Line(MigrationId.of(line.group(1)), line.group(2), line.group(3)))
                    : Optional.empty();
        }

        /** Tells whether an environment can match both. */
        boolean overlaps(MigrationMetadata declaration) {
            List<String> declared = List.of(environments.split(",", -1));
            return new MigrationMetadata(id, name, declared, false, "").overlaps(declaration);
        }

        String where() {
            return environments.equals("*") ? "every environment" : environments;
        }

        @Override
        public String toString() {
            return id + " " + name + " " + environments;
        }
    }

    static Snapshot read(Path file) {
        try {
            return new Snapshot(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return file.toAbsolutePath().normalize();
    }

    List<MigrationId> numbers() {
        return lines().stream().map(Line::id).toList();
    }

    List<Line> lines() {
        return contentLines().map(Line::parse).flatMap(Optional::stream).toList();
    }

    /** Returns the lines that are neither a migration nor a comment, such as conflict markers. */
    List<String> malformed() {
        return contentLines().filter(line -> Line.parse(line).isEmpty()).toList();
    }

    /** Rewrites the file: replaces changed lines and appends added ones. */
    void write(Map<Line, Line> changed, List<Line> added) {
        List<String> lines = new ArrayList<>(text.isEmpty() ? HEADER : text);
        lines.replaceAll(
                line -> Line.parse(line).map(changed::get).map(Line::toString).orElse(line));
        added.forEach(line -> lines.add(line.toString()));
        try {
            Files.createDirectories(Objects.requireNonNull(path().getParent(), "no folder"));
            Files.write(path(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> contentLines() {
        return text.stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
}
