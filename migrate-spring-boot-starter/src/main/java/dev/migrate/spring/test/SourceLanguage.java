package dev.migrate.spring.test;

import java.nio.file.Files;
import java.nio.file.Path;

/** The language of the generated files. */
enum SourceLanguage {
    JAVA("java", ".java"),
    KOTLIN("kotlin", ".kt");

    private final String folder;
    private final String extension;

    SourceLanguage(String folder, String extension) {
        this.folder = folder;
        this.extension = extension;
    }

    /** Returns the language of a project: Kotlin if it has only a Kotlin source folder, else Java. */
    static SourceLanguage of(Path project) {
        boolean kotlinOnly = Files.isDirectory(KOTLIN.main(project)) && !Files.isDirectory(JAVA.main(project));
        return kotlinOnly ? KOTLIN : JAVA;
    }

    /** Returns the folder of the application's sources. */
    Path main(Path project) {
        return project.resolve("src/main").resolve(folder);
    }

    /** Returns the folder of the tests. */
    Path test(Path project) {
        return project.resolve("src/test").resolve(folder);
    }

    String fileName(String className) {
        return className + extension;
    }

    String migration(MigrationTemplate template) {
        return this == KOTLIN ? KotlinTemplate.migration(template) : template.migration();
    }

    String test(MigrationTemplate template) {
        return this == KOTLIN ? KotlinTemplate.test(template) : template.test();
    }
}
