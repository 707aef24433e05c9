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
 * Begins the next migration of a project: a class with the next number, in the package of the last one, and a test
 * beside it. The application is neither started nor compiled.
 *
 * @since 0.1
 */
public final class NewMigration {

    private static final String PROJECT = "--project=";
    private static final Path SNAPSHOT = Path.of("src/test/resources/migrations.txt");

    private NewMigration() {}

    /**
     * Writes the next migration of the project in the current folder, and prints what was written.
     *
     * @param arguments the words of the description; {@code --project=folder} before them names another folder
     */
    public static void main(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        Path project = Path.of("");
        if (!words.isEmpty() && words.get(0).startsWith(PROJECT)) {
            project = Path.of(words.remove(0).substring(PROJECT.length()));
        }
        for (Path file : write(project, List.of(), String.join(" ", words))) {
            System.out.println("Written: " + file);
        }
    }

    /**
     * Writes the next migration. Its number follows the highest one in the sources, in {@code
     * src/test/resources/migrations.txt} and among the known ones, and is as wide; the first is {@code 0001}. Where that
     * file is there, the new migration gets its line in it.
     *
     * @param project the folder of the project, with {@code src/main/java} in it
     * @param known numbers that are taken besides
     * @param description what the migration does, such as {@code "add price to cars"}; the class is named by it
     * @return what was written: the class, its test, and the file of {@link MigrationsVerifier#withSnapshot} if it is
     *     there
     * @throws IllegalArgumentException if the project or the description is not usable, or a file is there already;
     *     nothing is written then
     */
    public static List<Path> write(Path project, Collection<MigrationId> known, String description) {
        String name = MigrationClassName.of(description);
        Path main = sources(project);
        MigrationSources sources = MigrationSources.read(List.of(main, project.resolve("src/main/kotlin")));
        String packageName = sources.packageOfNext()
                .orElseThrow(() -> new IllegalArgumentException("There is neither a migration nor a class with"
                        + " @SpringBootApplication in " + main.toAbsolutePath() + ", so it is not known which package"
                        + " the first one belongs to. Name the folder of the application: --project=folder"));
        Snapshot snapshot = Snapshot.read(project.resolve(SNAPSHOT));

        List<MigrationId> taken = new ArrayList<>(known);
        taken.addAll(snapshot.numbers());
        sources.numbered().forEach(numbered -> taken.add(numbered.id()));
        String number = SequenceNumbers.next(taken);

        var skeleton = new MigrationTemplate(
                packageName, name, number, String.join(" ", MigrationClassName.words(description)));
        String folder = packageName.replace('.', '/');
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(main.resolve(folder).resolve(name + ".java"), skeleton.migration());
        files.put(project.resolve("src/test/java").resolve(folder).resolve(name + "Test.java"), skeleton.test());
        files.keySet().forEach(NewMigration::refuseToOverwrite);
        files.forEach(NewMigration::create);

        List<Path> written = new ArrayList<>(files.keySet());
        if (Files.exists(snapshot.path())) {
            snapshot.write(Map.of(), List.of(new Snapshot.Line(MigrationId.of(number), name, "*")));
            written.add(project.resolve(SNAPSHOT));
        }
        return written;
    }

    private static Path sources(Path project) {
        Path main = project.resolve("src/main/java");
        if (Files.isDirectory(main)) {
            return main;
        }
        throw new IllegalArgumentException(
                Files.isDirectory(project.resolve("src/main/kotlin"))
                        ? "The project " + project.toAbsolutePath() + " is written in Kotlin, and only Java can be"
                                + " written here. Write the class by hand; it takes @Migration and one constructor too."
                        : "There is no folder " + main.toAbsolutePath() + ". Start this in the folder of the"
                                + " application, or name it: --project=folder");
    }

    private static void refuseToOverwrite(Path file) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "There is a file " + file.toAbsolutePath() + " already. Say it in other words.");
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
