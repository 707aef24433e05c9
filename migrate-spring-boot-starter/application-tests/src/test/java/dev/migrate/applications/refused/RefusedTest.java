package dev.migrate.applications.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.MigrationDefinitionException;
import dev.migrate.applications.DatabaseApplication;
import dev.migrate.applications.accepted.Accepted;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.test.MigrationsVerifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What can never be a migration is refused by the start, before anything is tried, and by the verifier. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedTest {

    @TempDir
    Path ledger;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "async-method | AsyncMethod has @Async on migrate() | Remove the annotation",
                "async-class | AsyncClass has @Async on migrate() | Remove the annotation",
                "async-inherited | AsyncInherited has @Async on migrate() | Remove the annotation",
                "async-overridden | AsyncOverridden has @Async on migrate() | Remove the annotation",
                "async-resumable | AsyncResumable has @Async on migrate() | Remove the annotation",
                "async-revert | AsyncRevert has @Async on revert() | Remove the annotation",
                "transaction-class | TransactionClass is resumable, but @Transactional | TransactionTemplate run each chunk",
                "transaction-method | TransactionMethod is resumable, but @Transactional | TransactionTemplate run each",
                "transaction-inherited | TransactionInherited is resumable, but @Transactional | TransactionTemplate run",
                "record | TransactionalRecord is a record | Make it a class that is not final",
                "final-class | FinalClass is a final class | Make it a class that is not final",
                "sealed | SealedClass is a sealed class | Make it a class that is not sealed",
                "private-constructor | PrivateConstructor has private constructors only | Make its constructor visible",
                "final-method | FinalMethod has the final method FinalMethodBase.migrate() | Make the method one",
                "enum | Constants is an enum | Make it a class",
            })
    void with_its_cure(String environment, String fault, String cure, CapturedOutput output) {
        assertThatThrownBy(() -> start(DatabaseApplication.class, Refused.class, environment))
                .hasRootCauseInstanceOf(MigrationDefinitionException.class);
        assertThat(output.toString().replaceAll("\\s+", " "))
                .contains("APPLICATION FAILED TO START", fault, cure)
                .doesNotContain("migration.failed");
        assertThatThrownBy(() -> MigrationsVerifier.of(Refused.class).check())
                .hasMessageContaining(fault)
                .hasMessageContaining(cure);
    }

    @Test
    void but_what_works_is_accepted() {
        start(DatabaseApplication.class, Accepted.class, "class-proxies");
        assertThatCode(() -> MigrationsVerifier.of(Accepted.class).check()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "final-class", "sealed", "private-constructor", "final-method"})
    void and_what_works_with_proxies_of_interfaces_is_accepted_there(String environment) {
        start(DatabaseApplication.WithInterfaceProxies.class, Refused.class, environment);
    }

    private void start(Class<?> application, Class<?> migrations, String environment) {
        new TestApplications(ledger)
                .run(
                        new Class<?>[] {application},
                        "",
                        "--spring.aop.proxy-target-class=" + (application == DatabaseApplication.class),
                        "--migrate.packages-only=" + migrations.getPackageName(),
                        "--migrate.environment=" + environment,
                        "--migrate.on-failure=exit")
                .close();
    }
}
