package dev.migrate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewKotlinMigrationTest {

    @TempDir
    Path project;

    private Path main;
    private Path test;

    @BeforeEach
    void application() throws IOException {
        main = project.resolve("src/main/kotlin");
        test = project.resolve("src/test/kotlin");
        source(
                "com/example/cars/CarApplication.kt",
                "package com.example.cars",
                "@org.springframework.boot.autoconfigure.SpringBootApplication",
                "class CarApplication");
    }

    @Test
    void a_project_with_Kotlin_sources_only_gets_a_class_and_a_test_in_Kotlin() {
        List<Path> written = NewMigration.write(project, List.of(), "add price to cars");
        assertThat(written)
                .containsExactly(
                        main.resolve("com/example/cars/migrations/AddPriceToCars.kt"),
                        test.resolve("com/example/cars/migrations/AddPriceToCarsTest.kt"));
        assertThat(written.get(0))
                .hasContent(
                        """
                package com.example.cars.migrations

                import dev.migrate.Migration
                import dev.migrate.MigrationAction

                /** Add price to cars. */
                @Migration("0001")
                class AddPriceToCars : MigrationAction {

                    // Inject required beans, such as a JdbcTemplate, through the primary constructor.

                    override fun migrate() { // returning marks it as applied, throwing as failed
                        throw UnsupportedOperationException("AddPriceToCars is not implemented yet")
                    }
                }
                """);
        assertThat(written.get(1))
                .hasContent(
                        """
                package com.example.cars.migrations

                import org.junit.jupiter.api.Assertions.assertThrows
                import org.junit.jupiter.api.Test

                class AddPriceToCarsTest {

                    @Test
                    fun migrates() {
                        val migration = AddPriceToCars()

                        // After implementing it: call migrate() and check the result. If it is rerunnable, call it twice.
                        assertThrows(UnsupportedOperationException::class.java) { migration.migrate() }
                    }
                }
                """);
    }

    @Test
    void the_next_one_is_in_the_package_of_the_last_one_also_if_Kotlin_must_quote_it() throws IOException {
        source(
                "com/example/cars/in/Last.kt",
                "package com.example.cars.`in`",
                "import dev.migrate.Migration",
                "@Migration(\"0041\") class Last");
        Path next = NewMigration.write(project, List.of(), "add price").get(0);
        assertThat(next).isEqualTo(main.resolve("com/example/cars/in/AddPrice.kt"));
        assertThat(next).content().startsWith("package com.example.cars.`in`\n").contains("@Migration(\"0042\")");
    }

    @Test
    void a_project_with_both_gets_Java_unless_Kotlin_is_asked_for() throws IOException {
        Path java = Files.createDirectories(project.resolve("src/main/java"));
        NewMigration.main("--kotlin", "--project=" + project, "add", "price");
        assertThat(main.resolve("com/example/cars/migrations/AddPrice.kt")).exists();
        NewMigration.main("--project=" + project, "remove", "price");
        assertThat(java.resolve("com/example/cars/migrations/RemovePrice.java"))
                .content()
                .contains("@Migration(\"0002\")");
    }

    @Test
    void Kotlin_for_a_project_without_a_folder_for_it_is_refused() throws IOException {
        Path java = Files.createDirectories(project.resolve("java/src/main/java"));
        String option = "--project=" + project.resolve("java");
        assertThatThrownBy(() -> NewMigration.main(option, "--kotlin", "add", "price"))
                .hasMessageContaining("There is no folder " + project.resolve("java/src/main/kotlin"));
        assertThat(java).isEmptyDirectory();
    }

    @Test
    void the_usage_names_the_options_and_an_unknown_option_is_refused() {
        assertThatThrownBy(() -> NewMigration.main("--koltin", "add", "price"))
                .hasMessageContainingAll("'--koltin'", "--project=folder", "--kotlin");
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            NewMigration.main("--help");
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(NewMigration.USAGE);
    }

    private void source(String file, String... lines) throws IOException {
        Path source = main.resolve(file);
        Files.createDirectories(source.getParent());
        Files.write(source, List.of(lines));
    }
}
