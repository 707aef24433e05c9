package dev.migrate.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationId;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewMigrationTest {

    @TempDir
    Path project;

    private Path main;

    @BeforeEach
    void application() throws IOException {
        main = project.resolve("src/main/java");
        source(
                "com/example/cars/CarApplication.java",
                "package com.example.cars;",
                "@org.springframework.boot.autoconfigure.SpringBootApplication",
                "public class CarApplication {}");
    }

    @Test
    void the_class_and_its_test_compile_and_the_test_passes() throws Exception {
        List<Path> written = NewMigration.write(project, List.of(), "add 2 prices: don't \\u002a/ */ <b> ${stop}");
        assertThat(written)
                .containsExactly(
                        main.resolve("com/example/cars/migrations/Add2PricesDontU002aBStop.java"),
                        project.resolve("src/test/java/com/example/cars/migrations/Add2PricesDontU002aBStopTest.java"));
        assertThat(testsPassed(compile(written), "com.example.cars.migrations.Add2PricesDontU002aBStopTest"))
                .isEqualTo(1);
        assertThatCode(() -> inProjectsClassPath(
                        () -> MigrationsVerifier.of("com.example.cars").check()))
                .doesNotThrowAnyException();
    }

    @Test
    void once_the_migration_does_something_its_test_asks_for_a_better_one() throws Exception {
        List<Path> written = NewMigration.write(project, List.of(), "add price");
        Path migration = written.get(0);
        Files.writeString(migration, Files.readString(migration).replaceAll("throw new .*;", ""));
        URL[] classes = compile(written);
        assertThatThrownBy(() -> testsPassed(classes, "com.example.cars.migrations.AddPriceTest"))
                .hasRootCauseInstanceOf(AssertionError.class);
    }

    @Test
    void the_first_one_is_below_the_application() throws IOException {
        assertThat(write("add price to cars"))
                .hasContent(
                        """
                package com.example.cars.migrations;

                import dev.migrate.Migration;
                import dev.migrate.MigrationAction;

                /** Add price to cars. */
                @Migration("0001")
                class AddPriceToCars implements MigrationAction {

                    // Inject required beans, such as a JdbcTemplate, through a single constructor.

                    @Override
                    public void migrate() { // returning marks it as applied, throwing as failed
                        throw new UnsupportedOperationException("AddPriceToCars is not implemented yet");
                    }
                }
                """);
    }

    @Test
    void the_next_one_is_beside_the_last_one_whatever_the_form_of_its_annotation() throws IOException {
        source("com/example/cars/old/A.java", "package com.example.cars.old;", "@dev.migrate.Migration(\"0003\")");
        source(
                "com/example/cars/data/B.java",
                "package com.example.cars.data; // \"",
                "import dev.migrate.Migration;",
                "/** Better than @Migration(\"0099\"), it's said. */",
                "// @Migration(\"0098\")",
                "@Migration(",
                "    environments = {\"odin-dev\", \":-)\"}, // \"a\" )",
                "    value = \"0011\",",
                "    rerunnable = true)",
                "class B { char quote = '\"'; String at = \"http://x\"; }",
                "@Migration(value = \"0004\") class C {}");
        source("com/example/other/Other.java", "package com.example.other;", "@Migration(\"0500\")");
        Path next = write("add price");
        assertThat(next).isEqualTo(main.resolve("com/example/cars/data/AddPrice.java"));
        assertThat(next).content().contains("@Migration(\"0012\")").contains("package com.example.cars.data;");
    }

    @Test
    void numbers_of_Kotlin_sources_beside_the_Java_ones_count() throws IOException {
        Path kotlin = project.resolve("src/main/kotlin/K.kt");
        Files.createDirectories(kotlin.getParent());
        Files.writeString(kotlin, "package com.example.k\nimport dev.migrate.Migration\n@Migration(\"0041\")\nclass K");
        Path next = write("add price");
        assertThat(next).isEqualTo(main.resolve("com/example/k/AddPrice.java"));
        assertThat(next).content().contains("@Migration(\"0042\")");
    }

    @ParameterizedTest
    @CsvSource({"0009, 0010", "9999, 10000", "000009, 000010", "202611201359, 202611201360"})
    void the_next_number_is_as_wide_as_the_last_one(String last, String next) throws IOException {
        last(last);
        assertThat(write("add price")).content().contains("@Migration(\"" + next + "\")");
    }

    @Test
    void no_number_follows_the_last_one_there_can_be() throws IOException {
        last("9".repeat(18));
        assertThatThrownBy(() -> write("add price")).hasMessageContaining("No number follows 999999999999999999");
    }

    @Test
    void known_numbers_count_too() throws IOException {
        last("0009");
        assertThat(NewMigration.write(project, List.of(MigrationId.of("0012")), "add price")
                        .get(0))
                .content()
                .contains("@Migration(\"0013\")");
    }

    @Test
    void a_number_of_the_snapshot_stays_taken_and_the_new_one_gets_its_line_there() throws IOException {
        last("0009");
        Path snapshot = project.resolve("src/test/resources/migrations.txt");
        Files.createDirectories(snapshot.getParent());
        Files.write(snapshot, List.of("# ours", "0009 Last *", "0010 Gone *"));
        List<Path> written = NewMigration.write(project, List.of(), "add price");
        assertThat(written).hasSize(3).endsWith(snapshot);
        assertThat(Files.readAllLines(snapshot))
                .containsExactly("# ours", "0009 Last *", "0010 Gone *", "0011 AddPrice *");
        compile(written.subList(0, 2));
    }

    @Test
    void nothing_is_overwritten_and_then_nothing_is_written() throws IOException {
        Path test = project.resolve("src/test/java/com/example/cars/migrations/AddPriceTest.java");
        Files.createDirectories(test.getParent());
        Files.writeString(test, "mine");
        assertThatThrownBy(() -> write("add price"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(test.toString());
        assertThat(test).hasContent("mine");
        assertThat(main.resolve("com/example/cars/migrations")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "add price to cars, AddPriceToCars",
        "  re-encode   URLs , ReEncodeURLs",
        "AddPriceToCars, AddPriceToCars",
        "add_price$to.cars, AddPriceToCars",
        "don't ask, DontAsk",
        "2024 prices, Migrate2024Prices",
        "new, New",
        "füge preis hinzu, FügePreisHinzu",
        "преобразовать цены, ПреобразоватьЦены",
        "価格 を 追加, 価格を追加",
    })
    void the_class_is_named_by_the_description(String description, String name) {
        assertThat(MigrationClassName.of(description)).isEqualTo(name);
    }

    @Test
    void a_letter_with_its_accent_apart_is_one_letter() {
        assertThat(MigrationClassName.of("visit cafe\u0301s")).isEqualTo("VisitCaf\u00e9s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "*/", "🚗", "object", "override", "migration", "migration action", "test"})
    void a_description_that_names_no_class_is_refused(String description) throws IOException {
        assertThatThrownBy(() -> write(description))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + description + "'");
        assertThat(main.resolve("com/example/cars/migrations")).doesNotExist();
    }

    @Test
    void a_description_that_is_too_long_for_a_name_is_refused() {
        assertThatThrownBy(() -> write("word ".repeat(26))).hasMessageContaining("fewer words");
    }

    @Test
    void a_folder_without_sources_or_without_an_application_is_refused() throws IOException {
        Path empty = Files.createDirectories(project.resolve("empty"));
        assertThatThrownBy(() -> NewMigration.write(empty, List.of(), "add price"))
                .hasMessageContaining("There is no folder " + empty.resolve("src/main/java"));
        Path kotlin = project.resolve("kotlin");
        Files.createDirectories(kotlin.resolve("src/main/kotlin"));
        assertThatThrownBy(() -> NewMigration.write(kotlin, List.of(), "add price"))
                .hasMessageContaining("neither a migration nor a class with @SpringBootApplication")
                .hasMessageContaining(kotlin.resolve("src/main/kotlin").toString());
        Path library = project.resolve("library");
        Files.createDirectories(library.resolve("src/main/java"));
        assertThatThrownBy(() -> NewMigration.write(library, List.of(), "add price"))
                .hasMessageContaining("neither a migration nor a class with @SpringBootApplication");
    }

    @Test
    void long_comments_and_literals_are_no_trouble() throws IOException {
        source(
                "com/example/cars/Long.java",
                "package com.example.cars; import dev.migrate.Migration;",
                "/* " + "it's \"long\" ".repeat(50_000) + " */",
                "class Long { String text = \"" + "\\\"x".repeat(50_000) + "\"; }",
                "@Migration(\"0007\") class M {}");
        assertThat(write("add price")).content().contains("\"0008\"");
    }

    @Test
    void main_takes_the_words_as_they_come_and_the_folder_of_the_project() {
        NewMigration.main("--project=" + project, "add", "price to", "cars");
        assertThat(main.resolve("com/example/cars/migrations/AddPriceToCars.java"))
                .exists();
    }

    private Path write(String description) {
        return NewMigration.write(project, List.of(), description).get(0);
    }

    private void last(String number) throws IOException {
        source(
                "com/example/cars/migrations/Last.java",
                "package com.example.cars.migrations;",
                "@dev.migrate.Migration(\"" + number + "\")",
                "class Last implements dev.migrate.MigrationAction { public void migrate() {} }");
    }

    private void source(String file, String... lines) throws IOException {
        Path source = main.resolve(file);
        Files.createDirectories(source.getParent());
        Files.write(source, List.of(lines));
    }

    /** Compiles as strictly as the strict do, and gives the class path. */
    private URL[] compile(List<Path> sources) throws IOException {
        Path classes = Files.createDirectories(project.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-Xlint:all,-classfile,-path", "-Werror", "--release", "17", "-encoding", "UTF-8"));
        arguments.addAll(List.of(
                "-cp", System.getProperty("java.class.path") + File.pathSeparator + classes, "-d", "" + classes));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new URL[] {classes.toUri().toURL()};
    }

    private static long testsPassed(URL[] classes, String testClass) throws Exception {
        try (var loader = new URLClassLoader(classes, NewMigrationTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass(testClass);
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object test = constructor.newInstance();
            List<Method> methods = Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .toList();
            for (Method method : methods) {
                method.setAccessible(true);
                method.invoke(test);
            }
            return methods.size();
        }
    }

    private void inProjectsClassPath(Runnable check) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] classes = {project.resolve("classes").toUri().toURL()};
        try (var loader = new URLClassLoader(classes, before)) {
            thread.setContextClassLoader(loader);
            check.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
