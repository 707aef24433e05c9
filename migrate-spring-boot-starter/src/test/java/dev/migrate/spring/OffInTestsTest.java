package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.fixtures.PlainApp;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The tests that an application has of itself. None names a ledger, so a run would fail the start. */
class OffInTestsTest {

    @Nested
    @SpringBootTest(classes = PlainApp.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
    class AnOrdinaryTest {

        @Test
        void runsNoMigration(@Autowired MigrationMonitor monitor, @Autowired MigrateProperties properties) {
            assertThat(properties.enabled()).isFalse();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    @Nested
    @SpringBootTest(
            classes = PlainApp.class,
            webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = {
                "migrate.enabled=true",
                "migrate.environment=odin-dev",
                "migrate.packages=nothing",
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
                "--migrate.packages=nothing",
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
            properties = {"migrate.environment=odin-dev", "migrate.packages=nothing"})
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
