package dev.migrate.applications.handedover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.applications.DatabaseApplication;
import dev.migrate.spring.TestApplications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that returns before the action behind it has ended makes no migration applied. */
class HandedOverTest {

    @TempDir
    Path ledger;

    @BeforeEach
    void begin() {
        HandedOver.testHasEnded = new CountDownLatch(1);
    }

    @AfterEach
    void end() {
        HandedOver.testHasEnded.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-thread", "skipped", "bean-method"})
    void fails_the_attempt(String environment) throws IOException {
        for (boolean classProxies : new boolean[] {true, false}) {
            Path folder = ledger.resolve(String.valueOf(classProxies));
            assertThatThrownBy(() -> start(folder, environment, classProxies))
                    .hasStackTraceContaining("returned before migrate() had ended")
                    .hasStackTraceContaining("Let the advice wait");
            assertThat(Files.readString(folder.resolve(environment + "/ledger.json")))
                    .contains("FAILED");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "async-of-method | AsyncAction has @Async on migrate() | Remove the annotation",
                "final-of-method | FinalAction has the final method FinalAction.migrate() | Make the method one",
            })
    void fails_the_attempt_of_a_class_that_only_its_object_shows(String environment, String fault, String cure) {
        assertThatThrownBy(() -> start(ledger, environment, true))
                .hasStackTraceContaining(fault)
                .hasStackTraceContaining(cure);
    }

    @Test
    void is_none_where_the_advice_waits() {
        start(ledger, "awaited", true);
        assertThat(ledger.resolve("awaited/0001")).exists();
    }

    private static void start(Path folder, String environment, boolean classProxies) {
        new TestApplications(folder)
                .run(
                        new Class<?>[] {
                            classProxies ? DatabaseApplication.class : DatabaseApplication.WithInterfaceProxies.class,
                            HandedOver.class
                        },
                        "",
                        "--spring.aop.proxy-target-class=" + classProxies,
                        "--migrate.packages-only=" + HandedOver.class.getPackageName(),
                        "--migrate.environment=" + environment,
                        "--migrate.on-failure=exit")
                .close();
    }
}
