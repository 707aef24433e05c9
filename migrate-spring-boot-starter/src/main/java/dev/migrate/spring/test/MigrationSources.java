package dev.migrate.spring.test;

import dev.migrate.MigrationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The migrations in the source files of a project. The files are read as text, so they need not compile.
 *
 * @param numbered the migrations, ordered by file
 * @param application the package of the application class; empty if none was found
 */
record MigrationSources(List<Numbered> numbered, Optional<String> application) {

    private static final Pattern CODE_OR_COMMENT = Pattern.compile(
            "(\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])*+')|/\\*[\\s\\S]*?\\*/|//[^\\n]*");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(?:dev\\.migrate\\.)?Migration\\s*\\(((?:[^()\"]|\"(?:\\\\.|[^\"\\\\\\n])*+\")*+)\\)");
    private static final Pattern NUMBER = Pattern.compile("(?:^|\\bvalue\\s*=)\\s*\"([0-9]{4,18})\"");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([^\\s;]+)");
    private static final Pattern APPLICATION = Pattern.compile("@(?:[\\w.]+\\.)?SpringBootApplication\\b");

    /** The number and the package of a migration. */
    record Numbered(MigrationId id, String packageName) {}

    /** Reads the sources in folders; a folder may be missing. */
    static MigrationSources read(List<Path> folders) {
        List<Numbered> numbered = new ArrayList<>();
        List<String> applications = new ArrayList<>();
        for (String code : folders.stream()
                .flatMap(folder -> files(folder).stream())
                .map(MigrationSources::code)
                .toList()) {
            Matcher declared = PACKAGE.matcher(code);
            String packageName = declared.find() ? declared.group(1).replace("`", "") : "";
            if (code.contains("dev.migrate")) {
                numbers(code).forEach(id -> numbered.add(new Numbered(id, packageName)));
            }
            if (APPLICATION.matcher(code).find()) {
                applications.add(packageName);
            }
        }
        return new MigrationSources(numbered, applications.stream().min(Comparator.comparing(String::length)));
    }

    private static List<MigrationId> numbers(String code) {
        return ANNOTATION
                .matcher(code)
                .results()
                .map(annotation -> NUMBER.matcher(annotation.group(1)))
                .filter(Matcher::find)
                .map(number -> MigrationId.of(number.group(1)))
                .toList();
    }

    /** Returns the text of a file without comments, which may contain examples. */
    private static String code(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return CODE_OR_COMMENT.matcher(text).replaceAll(found -> {
                String literal = found.group(1);
                return literal == null ? " " : Matcher.quoteReplacement(literal);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".kt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the package for the next migration: that of the last one, else a subpackage of the application. */
    Optional<String> packageOfNext() {
        return numbered.stream()
                .max(Comparator.comparing(Numbered::id))
                .map(Numbered::packageName)
                .or(() -> application.map(name -> name.isEmpty() ? "migrations" : name + ".migrations"));
    }
}
