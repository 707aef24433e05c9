package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.ListenerFactory;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of an application that take part in a run. */
@ExtendWith(OutputCaptureExtension.class)
class RunCollaboratorsTest {

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @Test
    void a_listener_can_be_made_for_a_run_and_one_that_cannot_is_done_without(CapturedOutput output) {
        new TestApplications(ledger)
                .run(new Class<?>[] {PlainApp.class, Factories.class}, "impossible")
                .close();
        assertThat(ExecutedActions.names()).containsExactly("ImpossibleEnvironment", "odin-dev is done", "told");
        assertThat(output).contains("failed to create its listener").contains("no ears");
    }

    @Test
    void a_bean_of_the_application_stands_around_the_actions_in_place_of_ours() {
        new TestApplications(ledger)
                .run(new Class<?>[] {PlainApp.class, Around.class}, "impossible")
                .close();
        assertThat(ExecutedActions.names())
                .containsExactly("before attempt 1 in odin-dev", "ImpossibleEnvironment", "after");
    }

    @Configuration(proxyBeanMethods = false)
    static class Factories {

        @Bean
        ListenerFactory deaf() {
            return settings -> {
                throw new IllegalStateException("no ears");
            };
        }

        @Bean
        ListenerFactory hearing() {
            return settings -> MigrationListener.of(event -> {
                if (event instanceof MigrationEvent.Completed) {
                    ExecutedActions.note(settings.environment() + " is done");
                }
            });
        }

        @Bean
        MigrationListener told() {
            return MigrationListener.of(event -> {
                if (event instanceof MigrationEvent.Completed) {
                    ExecutedActions.note("told");
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Around {

        @Bean
        ActionInterceptor noting() {
            return (environment, attempt, action) -> {
                ExecutedActions.note("before attempt " + attempt.number() + " in " + environment);
                action.run();
                ExecutedActions.note("after");
            };
        }
    }
}
