package dev.migrate.spring.test;

import dev.migrate.MigrationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Generates the next migration of a project: a class with the next sequence number, in the package of the last
 * migration, and a test. The application is neither started nor compiled.
 *
 * @since 0.1
 */
public final class NewMigration {

    static final String USAGE =
            """
            Usage: NewMigration [--project=folder] [--kotlin] description

            Generates a migration with the next sequence number, and a test. Example: NewMigration add price to cars
              --project=folder  the folder of the project; the default is the current folder
              --kotlin          write Kotlin; the default for a project with src/main/kotlin and without src/main/java
              --help            show this text""";

    private static final String PROJECT = "--project=";
    private static final String KOTLIN = "--kotlin";
    private static final Path SNAPSHOT = Path.of("src/test/resources/migrations.txt");

    private NewMigration() {}

    /**
     * Generates the next migration of the project in the current folder, and prints the paths of the files.
     *
     * @param arguments the words of the description; before them {@code --project=folder} for another folder, {@code
     *     --kotlin} for Kotlin instead of Java, or {@code --help} to print the usage
     */
    public static void main(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        Path project = Path.of("");
        boolean kotlin = false;
        while (!words.isEmpty() && words.get(0).startsWith("--")) {
            String option = words.remove(0);
            if (option.startsWith(PROJECT)) {
                project = Path.of(option.substring(PROJECT.length()));
            } else if (option.equals(KOTLIN)) {
                kotlin = true;
            } else if (option.equals("--help")) {
                System.out.println(USAGE);
                return;
            } else {
                throw new IllegalArgumentException("The option '" + option + "' is unknown.\n" + USAGE);
            }
        }
        SourceLanguage language = kotlin ? SourceLanguage.KOTLIN : SourceLanguage.of(project);
        for (Path file : write(project, language, List.of(), String.join(" ", words))) {
            System.out.println("Written: " + file);
        }
    }

    /**
     * Generates the next migration. Its number follows the highest one in the sources, in {@code
     * src/test/resources/migrations.txt} and in {@code known}, with the same number of digits; the first is {@code
     * 0001}. If that file exists, a line for the new migration is added to it. The files are Kotlin if the project has
     * {@code src/main/kotlin} and no {@code src/main/java}, else Java.
     *
     * @param project the folder of the project, with {@code src/main/java} or {@code src/main/kotlin} in it
     * @param known additional numbers that are in use
     * @param description what the migration does, such as {@code "add price to cars"}; the class name is derived from
     *     it
     * @return the written files: the class, its test, and the snapshot of {@link MigrationsVerifier#withSnapshot} if it
     *     exists
     * @throws IllegalArgumentException if the project or the description is not usable, or a file exists; nothing is
     *     written then
     */
    public static List<Path> write(Path project, Collection<MigrationId> known, String description) {
        return write(project, SourceLanguage.of(project), known, description);
    }

    private static List<Path> write(
            Path project, SourceLanguage language, Collection<MigrationId> known, String description) {
        String name = MigrationClassName.of(description);
        Path main = sources(project, language);
        MigrationSources sources =
                MigrationSources.read(List.of(SourceLanguage.JAVA.main(project), SourceLanguage.KOTLIN.main(project)));
        String packageName = sources.packageOfNext()
                .orElseThrow(() -> new IllegalArgumentException("There is neither a migration nor a class with"
                        + " @SpringBootApplication in " + main.toAbsolutePath() + ", so the package of the first"
                        + " migration is unknown. Pass the folder of the application: --project=folder"));
        Snapshot snapshot = Snapshot.read(project.resolve(SNAPSHOT));

        List<MigrationId> taken = new ArrayList<>(known);
        taken.addAll(snapshot.numbers());
        sources.numbered().forEach(numbered -> taken.add(numbered.id()));
        String number = SequenceNumbers.next(taken);

        var template = new MigrationTemplate(
                packageName, name, number, String.join(" ", MigrationClassName.words(description)));
        String folder = packageName.replace('.', '/');
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(main.resolve(folder).resolve(language.fileName(name)), language.migration(template));
        files.put(
                language.test(project).resolve(folder).resolve(language.fileName(name + "Test")),
                language.test(template));
        files.keySet().forEach(NewMigration::refuseToOverwrite);
        files.forEach(NewMigration::create);

        List<Path> written = new ArrayList<>(files.keySet());
        if (Files.exists(snapshot.path())) {
            snapshot.write(Map.of(), List.of(new Snapshot.Line(MigrationId.of(number), name, "*")));
            written.add(project.resolve(SNAPSHOT));
        }
        return written;
    }

    private static Path sources(Path project, SourceLanguage language) {
        Path main = language.main(project);
        if (Files.isDirectory(main)) {
            return main;
        }
        throw new IllegalArgumentException("There is no folder " + main.toAbsolutePath()
                + ". Run this in the folder of the" + " application, or pass it: --project=folder");
    }

    private static void refuseToOverwrite(Path file) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "The file " + file.toAbsolutePath() + " already exists. Use another description.");
        }
    }

    private static void create(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
