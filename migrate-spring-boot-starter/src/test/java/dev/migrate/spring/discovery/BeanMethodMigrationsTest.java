package dev.migrate.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.spring.InjectedActions;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.fixtures.beanmethods.BeanMethodMigrations;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeanMethodMigrationsTest {

    private static final Class<?>[] SOURCES = {PlainApp.class, BeanMethodMigrations.class};

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @Test
    void runsThemAndMakesNoOther() {
        new TestApplications(ledger).run(SOURCES, "beanmethods").close();
        assertThat(ExecutedActions.names()).containsExactly("first made", "first", "second made", "second");
    }

    @Test
    void makesNoneWhenSwitchedOff() {
        try (var context = new TestApplications(ledger).run(SOURCES, "beanmethods", "--migrate.enabled=false")) {
            assertThat(context.getAutowireCapableBeanFactory().createBean(InjectedActions.class).actions)
                    .isEmpty();
            assertThat(ExecutedActions.names()).isEmpty();
        }
    }

    @Test
    void namesThemByTheirMethods() {
        try (var context = new TestApplications(ledger).run(SOURCES, "beanmethods", "--migrate.enabled=false")) {
            var found = context.getBean(MigrationBeanRegistrar.class)
                    .registry()
                    .of(new dev.migrate.EnvironmentName("odin-dev"));
            assertThat(found).extracting(MigrationDefinition::name).containsExactly("first", "second");
            assertThat(found)
                    .extracting(MigrationDefinition::origin)
                    .containsExactly(
                            BeanMethodMigrations.class.getName() + ".first()",
                            BeanMethodMigrations.class.getName() + ".second()");
            assertThat(found.get(0).type()).isEqualTo(MigrationAction.class);
        }
    }

    /** It would run as a resumable one, and after a crash be taken for a plain one. */
    @Test
    void refusesAResumableActionThatIsDeclaredToBeAPlainOne() {
        var sources = new Class<?>[] {PlainApp.class, Misdeclared.class};
        assertThatThrownBy(() -> new TestApplications(ledger).run(sources, "beanmethods", "--migrate.on-failure=exit"))
                .rootCause()
                .hasMessageContaining("Misdeclared.third() returns a ResumableAction")
                .hasMessageContaining("declared to return a MigrationAction");
        assertThat(ExecutedActions.names()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Misdeclared {

        @Bean
        @Migration("0003")
        MigrationAction third() {
            ResumableAction action = context -> ExecutedActions.note("third");
            return action;
        }
    }
}
