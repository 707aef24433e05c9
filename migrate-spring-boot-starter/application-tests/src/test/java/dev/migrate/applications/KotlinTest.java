package dev.migrate.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.applications.kotlin.Beans;
import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.test.MigrationsVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Migrations that are written in Kotlin. */
@ExtendWith(OutputCaptureExtension.class)
class KotlinTest {

    private static final String PACKAGE = "dev.migrate.applications.kotlin";
    private static final List<String> NOTES = List.of(
            "data class -1",
            "companion",
            "nullable null, defaulted 7, -1",
            "all defaults -1 7",
            "internal",
            "nested",
            "resumable 1",
            "lambda -1",
            "transaction true");

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    /** An application that prints what ran. */
    static class Child {
        public static void main(String[] arguments) {
            new SpringApplication(DatabaseApplication.class).run(arguments).close();
            System.out.println(ExecutedActions.names());
        }
    }

    @Test
    void every_kind_of_class_works() {
        new TestApplications(ledger)
                .run(new Class<?>[] {DatabaseApplication.class, Beans.class}, "", arguments(PACKAGE, "accepted"))
                .close();
        assertThat(ExecutedActions.names()).containsExactlyElementsOf(NOTES);
    }

    @Test
    void without_kotlin_reflect_all_defaults_are_used() throws Exception {
        var arguments = new TestApplications(ledger)
                .arguments(
                        "",
                        "--migrate.packages-only=" + PACKAGE,
                        "--migrate.environment=all-defaults",
                        "--migrate.on-failure=exit");
        try (var child = new ChildJvm(ChildJvm.classPathWithout("kotlin-reflect"), List.of(), Child.class, arguments)) {
            assertThat(child.exitCode(Duration.ofMinutes(2))).as(child.output()).isZero();
            assertThat(child.output()).contains("[all defaults null 7]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "object | Singleton is a Kotlin object | Declare it as a class, not as an object",
                "companion | Outer$Companion is a Kotlin object | Declare it as a class, not as an object",
                "inner | Outer$Inner is an inner class | Remove the keyword inner",
                "value-class | Value is a Kotlin value class | Declare it as a class",
                "enum | Constants is an enum | Make it a class",
                "final-class | FinalClass is a final class, as every Kotlin class that is not open | all-open",
                "data-class | DataClass is a final class, as every Kotlin class that is not open | open class",
                "final-method | FinalMethod has the final method FinalMethod.migrate() | Make the method one",
                "two-constructors | TwoConstructors has 2 constructors | Keep one constructor",
            })
    void what_cannot_work_is_refused(String environment, String fault, String cure, CapturedOutput output) {
        String refused = PACKAGE + ".refused";
        assertThatThrownBy(() -> new TestApplications(ledger)
                        .run(new Class<?>[] {DatabaseApplication.class}, "", arguments(refused, environment)))
                .hasRootCauseInstanceOf(MigrationDefinitionException.class);
        assertThat(output.toString().replaceAll("\\s+", " ")).contains("APPLICATION FAILED TO START", fault, cure);
        assertThatThrownBy(() -> MigrationsVerifier.of(refused).check())
                .hasMessageContaining(fault)
                .hasMessageContaining(cure);
    }

    private static String[] arguments(String packageName, String environment) {
        return new String[] {
            "--migrate.packages-only=" + packageName,
            "--migrate.environment=" + environment,
            "--migrate.on-failure=exit"
        };
    }
}
