package dev.migrate.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.spring.InjectedActions;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.fixtures.component.ComponentMigration;
import dev.migrate.spring.startup.MigrationMonitor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@ExtendWith(OutputCaptureExtension.class)
class ScanningTest {

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @Test
    void runsTheMigrationsOfTheEnvironmentInNumericOrder() {
        try (var context = apps().run("basic")) {
            assertThat(ExecutedActions.names()).containsExactly("First", "SecondOfOdin", "Tenth");
            assertThat(context.getBean(MigrationMonitor.class).isOpen()).isTrue();
        }
    }

    @Test
    void namesDefinitionsByDeclaredEnvironmentsAndNumber() {
        try (var context = apps().run("basic")) {
            assertThat(context.getBeanNamesForType(MigrationAction.class))
                    .containsExactlyInAnyOrder("*/00001", "odin-*,thor-prod/0002", "thor-prod/0003", "*/0010");
        }
    }

    @Test
    void defaultsTheNameToTheSimpleNameAlsoOfANestedClass() {
        try (var context = apps().run("basic")) {
            assertThat(catalog(context).of(new EnvironmentName("odin-dev")))
                    .extracting(MigrationDefinition::name)
                    .containsExactly("First", "a name of its own", "Tenth");
        }
    }

    @Test
    void injectsNoMigrationWhereSomebodyAsksForActions() {
        try (var context = apps().run("basic")) {
            assertThat(context.getAutowireCapableBeanFactory().createBean(InjectedActions.class).actions)
                    .isEmpty();
        }
    }

    @Test
    void leavesConditionsAndProfilesToSpring() {
        apps().run("conditional").close();
        assertThat(ExecutedActions.names()).isEmpty();
        apps().run("conditional", "--spring.profiles.active=cars", "--cars.enabled=true")
                .close();
        assertThat(ExecutedActions.names()).containsExactly("ByProfile", "ByProperty");
        ExecutedActions.clear();
        apps().run("conditional", "--spring.profiles.active=cars,test", "--cars.enabled=false")
                .close();
        assertThat(ExecutedActions.names()).isEmpty();
        apps().run(new Class<?>[] {PlainApp.class, WithClock.class}, "conditional")
                .close();
        assertThat(ExecutedActions.names()).containsExactly("ByBean");
    }

    @Test
    void dropsTheBeanOfAComponentThatIsAMigrationTooAndSaysSo(CapturedOutput output) {
        var sources = new Class<?>[] {ComponentMigration.App.class};
        apps().run(sources, "component", "--migrate.enabled=false").close();
        assertThat(ExecutedActions.names()).isEmpty();
        assertThat(output.toString().lines().filter(line -> line.contains("is also the bean 'componentMigration'")))
                .hasSize(1);
        apps().run(sources, "component").close();
        assertThat(ExecutedActions.names()).containsExactly("made", "ComponentMigration");
    }

    @Test
    void leavesOutWhatHasAMalformedNumberAndNamesIt(CapturedOutput output) {
        var sources = new Class<?>[] {PlainApp.class, dev.migrate.spring.fixtures.malformed.MalformedMigrations.class};
        try (var context = apps().run(sources, "malformed")) {
            assertThat(ExecutedActions.names()).containsExactly("WellFormed");
            assertThat(catalog(context).ignored())
                    .extracting(StartupContext.Ignored::number)
                    .containsExactlyInAnyOrder("3", "V0004", "");
        }
        assertThat(output)
                .containsPattern("WARN.*MalformedMigrations\\$TooShort is skipped: '3' is not a sequence number")
                .containsPattern("WARN.*MalformedMigrations\\$NoNumber is skipped")
                .containsPattern("WARN.*MalformedMigrations.emptyNumber\\(\\) is skipped");
    }

    @Test
    void refusesTwoWithOneNumberForTheEnvironmentAndNamesBoth() {
        assertThatThrownBy(() -> apps().run("twins"))
                .hasStackTraceContaining("Two migrations have the number")
                .hasStackTraceContaining("Twins$BackfillPrices")
                .hasStackTraceContaining("Twins$BackfillColours")
                .hasStackTraceContaining("in the environment odin-dev");
        assertThat(ExecutedActions.names()).isEmpty();
    }

    @Test
    void refusesTwoThatWouldHaveOneBeanName() {
        assertThatThrownBy(() -> apps().run("twins", "--migrate.environment=freya-dev"))
                .hasStackTraceContaining("OneOfFreya")
                .hasStackTraceContaining("OtherOfFreya");
    }

    @Test
    void acceptsOneNumberInTwoEnvironments() {
        apps().run("twins", "--migrate.environment=loki-dev").close();
        assertThat(ExecutedActions.names()).containsExactly("OnLoki");
    }

    @ParameterizedTest
    @CsvSource({
        "noaction, plain, NoActions$Plain does not implement MigrationAction",
        "noaction, contract, NoActions$Contract is abstract",
        "noaction, unfinished, NoActions$Unfinished is abstract",
        "noaction, inner, NoActions$Inner is an inner class",
        "constructors, two, Constructors$Two has 2 constructors",
        "injected, field, Injected$Field has @Autowired on",
        "injected, method, Injected$Method has @PostConstruct on",
        "injected, setter, Injected$Setter has @Value on",
        "wrongbean, any, WrongBean.runnable() returns java.lang.Runnable",
    })
    void refusesWhatCannotBeAMigration(String fixture, String environment, String message) {
        var sources = new Class<?>[] {PlainApp.class, dev.migrate.spring.fixtures.wrongbean.WrongBean.class};
        try (var context = apps().run(
                        fixture.equals("wrongbean") ? sources : new Class<?>[] {PlainApp.class},
                        fixture,
                        "--migrate.environment=" + environment,
                        "--migrate.enabled=false")) {
            List<? extends MigrationDefinition> found = catalog(context).of(new EnvironmentName(environment));
            assertThat(found).hasSize(1);
            assertThatThrownBy(() -> found.get(0).type()).hasMessageContaining(message);
        }
    }

    @Test
    void saysWhichBeanIsMissing() {
        try (var context = apps().run("constructors", "--migrate.environment=unserved", "--migrate.enabled=false")) {
            MigrationDefinition unserved =
                    catalog(context).of(new EnvironmentName("unserved")).get(0);
            assertThatThrownBy(unserved::action)
                    .hasStackTraceContaining("Constructors$Unserved")
                    .hasStackTraceContaining("java.time.Clock");
        }
    }

    @Test
    void tellsWhyOneCannotBeCreatedByTheRootCauseInOneLine(CapturedOutput output) {
        assertThatThrownBy(
                        () -> apps().run("constructors", "--migrate.environment=unserved", "--migrate.on-failure=exit"))
                .hasStackTraceContaining("cannot be created");
        assertThat(output.toString()
                        .lines()
                        .filter(line -> line.contains("cannot be created") && line.contains("Unserved")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("No qualifying bean of type 'java.time.Clock'")
                        .doesNotContain("UnsatisfiedDependencyException"));
    }

    @Test
    void createsTheBeansThatAMigrationDependsOnFirstAndWarnsOfAnOrder(CapturedOutput output) {
        apps().run(new Class<?>[] {PlainApp.class, WithIndexes.class}, "depending")
                .close();
        assertThat(ExecutedActions.names()).containsExactly("indexes", "Depending");
        assertThat(output).containsPattern("WARN.*Depending has @Order, which has no effect");
    }

    @Test
    void leavesTheNamesOfBeansToTheApplication() {
        try (var context = apps().run(new Class<?>[] {PlainApp.class, WithMonitor.class}, "basic")) {
            assertThat(context.getBean("migrationMonitor")).isEqualTo("a monitor of the application");
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> {
                        Class<?> type = context.getType(name);
                        return type != null
                                && type.getName().startsWith("dev.migrate.spring.")
                                && !type.getName().startsWith("dev.migrate.spring.fixtures.")
                                && !type.isMemberClass();
                    })
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev.migrate.")
                            || name.startsWith("migrate-") // as Boot names configuration properties
                            || name.startsWith("migrationsHealth")); // the name of the health component
        }
    }

    @Test
    void warnsOfADeclaredEnvironmentThatNoneCanBeNamed(CapturedOutput output) {
        apps().run("impossible").close();
        assertThat(ExecutedActions.names()).containsExactly("ImpossibleEnvironment");
        assertThat(output)
                .containsPattern("WARN.*declares the environment '\\*-prod'")
                .containsPattern("WARN.*declares the environment '\\$\\{env}'")
                .doesNotContain("declares the environment 'odin-dev'");
    }

    @Test
    void makesAFreshObjectForEachAttempt() {
        try (var context = apps().run("basic", "--migrate.enabled=false")) {
            MigrationDefinition first =
                    catalog(context).of(new EnvironmentName("odin-dev")).get(0);
            assertThat(actionOf(first)).isNotSameAs(actionOf(first));
        }
    }

    private static MigrationAction actionOf(MigrationDefinition definition) {
        try {
            return definition.action();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static MigrationRegistry catalog(ConfigurableApplicationContext context) {
        return context.getBean(MigrationBeanRegistrar.class).registry();
    }

    private TestApplications apps() {
        return new TestApplications(ledger);
    }

    @Configuration(proxyBeanMethods = false)
    static class WithMonitor {
        @Bean
        String migrationMonitor() {
            return "a monitor of the application";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithIndexes {
        @Bean
        @Lazy
        String indexes() {
            ExecutedActions.note("indexes");
            return "indexes";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithClock {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
