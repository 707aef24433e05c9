package dev.migrate.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.startup.MigrationMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/** The tests that an application has of itself. None names a ledger, so a run would fail the start. */
class DisableMigrationsContextCustomizerFactoryTest {

    @Nested
    @SpringBootTest(classes = PlainApp.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
    class AnOrdinaryTest {

        @Test
        void runsNoMigration(@Autowired MigrationMonitor monitor, @Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isFalse();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    /** A configuration file of the application: it lies in no folder of the tests. */
    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {"spring.config.location=file:target/application-files/", "spring.config.name=switches-on"})
    class ATestOfAnApplicationWhoseFileSwitchesThemOn {

        @BeforeAll
        static void write() throws IOException {
            writeApplicationFile("switches-on.properties");
        }

        @Test
        void runsNoMigration(
                @Autowired MigrationMonitor monitor,
                @Autowired MigrateProperties properties,
                @Autowired ConfigurableEnvironment environment) {
            assertThat(environment.getPropertySources())
                    .filteredOn(source -> source.getName().contains("switches-on.properties"))
                    .as("the file was read")
                    .singleElement()
                    .satisfies(source ->
                            assertThat(source.getProperty("migrate.enabled")).hasToString("true"));
            assertThat(properties.enabled()).isFalse();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    private static void writeApplicationFile(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/application-files"));
        Files.writeString(
                folder.resolve(name),
                """
                migrate.enabled=true
                migrate.ledger=s3://production/cars
                migrate.on-failure=block
                """);
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {
                "spring.config.location=file:target/application-files/",
                "spring.config.name=names-production",
                "migrate.enabled=true",
                "migrate.environment=odin-dev",
                "migrate.packages-only=nothing"
            })
    class ATestThatEnablesThemButNamesNoLedger {

        @BeforeAll
        static void write() throws IOException {
            writeApplicationFile("names-production.properties");
        }

        @Test
        void usesMemoryAndEndsWithAFailure(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
            assertThat(properties.ledger()).isEqualTo("memory:");
            assertThat(properties.onFailure()).isEqualTo(RunnerSettings.OnFailure.EXIT);
        }
    }

    /** The build of these tests sets the system property to true. */
    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = "spring.config.name=of-a-profile")
    @ActiveProfiles("disabling")
    class ATestWhoseFileDisablesThem {

        @Test
        void runsNoMigrationWhateverASystemPropertySays(@Autowired MigrateProperties properties) {
            assertThat(System.getProperty("migrate.enabled")).isEqualTo("true");
            assertThat(properties.enabled()).isFalse();
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = "spring.config.name=of-a-profile")
    @ActiveProfiles("enabling")
    class ATestWhoseProfileEnablesThem {

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
            assertThat(properties.onFailure()).as("set by the file too").isEqualTo(RunnerSettings.OnFailure.BLOCK);
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {"spring.config.location=file:target/application-files/", "spring.config.name=app"})
    @ActiveProfiles("it")
    class ATestThatActivatesAProfileOfTheApplication {

        @BeforeAll
        static void write() throws IOException {
            Files.createDirectories(Path.of("target/application-files"));
            Files.writeString(
                    Path.of("target/application-files/app.properties"),
                    "migrate.environment=odin-dev\nmigrate.packages-only=nothing\n");
            Files.writeString(
                    Path.of("target/application-files/app-it.properties"),
                    "migrate.enabled=true\nmigrate.ledger=memory:\n");
        }

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = "a.context.of=its own")
    class ATestInAProcessWhoseSystemPropertySwitchesThemOn {

        /** As the build of these tests does for all of them. */
        @BeforeAll
        static void switchOn() {
            System.setProperty("migrate.enabled", "true");
        }

        @Test
        void runsNoMigration(@Autowired MigrationMonitor monitor, @Autowired MigrateProperties properties) {
            assertThat(System.getProperty("migrate.enabled")).isEqualTo("true");
            assertThat(properties.enabled()).isFalse();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    /** A process cannot change its own environment, so it is given another one here. */
    @ParameterizedTest
    @ValueSource(classes = {StandardEnvironment.class, StandardServletEnvironment.class})
    void anEnvironmentVariableDoesNotSwitchThemOn(Class<? extends StandardEnvironment> type) throws Exception {
        StandardEnvironment environment = type.getConstructor().newInstance();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.of("MIGRATE_ENABLED", "true")));
        ConfigurationPropertySources.attach(environment);
        assertThat(enabled(environment)).as("the variable is read").isTrue();

        try (var context = new GenericApplicationContext()) {
            context.setEnvironment(environment);
            new DisableMigrationsContextCustomizerFactory()
                    .createContextCustomizer(PlainApp.class, List.of())
                    .customizeContext(context, null);
            assertThat(enabled(environment)).isFalse();
            TestPropertyValues.of("migrate.enabled=true").applyTo(environment);
            assertThat(enabled(environment)).as("asked for by the test").isTrue();
        }
    }

    private static boolean enabled(StandardEnvironment environment) {
        return Binder.get(environment).bind("migrate.enabled", Boolean.class).orElse(false);
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {
                "migrate.enabled=true",
                "migrate.environment=odin-dev",
                "migrate.packages-only=nothing",
                "migrate.ledger=file:target/ledger-of-tests"
            })
    class ATestThatAsksByItsProperties {

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            args = {
                "--migrate.enabled=true",
                "--migrate.environment=odin-dev",
                "--migrate.packages-only=nothing",
                "--migrate.ledger=file:target/ledger-of-tests"
            })
    class ATestThatAsksByItsArguments {

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
        }
    }

    @Nested
    @SpringBootTest(classes = PlainApp.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
    @TestPropertySource("classpath:migrations-on.properties")
    class ATestThatAsksByAFile {

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {"migrate.environment=odin-dev", "migrate.packages-only=nothing"})
    class ATestThatAsksDynamically {

        @DynamicPropertySource
        static void properties(DynamicPropertyRegistry registry) {
            registry.add("migrate.enabled", () -> true);
            registry.add("migrate.ledger", () -> "file:target/ledger-of-tests");
        }

        @Test
        void runsThem(@Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isTrue();
        }
    }
}
