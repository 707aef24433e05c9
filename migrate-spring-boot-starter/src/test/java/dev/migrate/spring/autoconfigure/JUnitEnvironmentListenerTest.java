package dev.migrate.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** A test that calls {@code SpringApplication.run}, without Spring's test support. */
class JUnitEnvironmentListenerTest {

    @TempDir
    Path folder;

    /** The build of these tests sets it. */
    @BeforeEach
    void forget() {
        System.clearProperty("migrate.enabled");
    }

    @AfterEach
    void restore() {
        System.setProperty("migrate.enabled", "true");
    }

    private static MigrateProperties run(String... arguments) {
        SpringApplication application = new SpringApplication(PlainApp.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(arguments)) {
            return context.getBean(MigrateProperties.class);
        }
    }

    private String applicationFile() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                """
                migrate.enabled=true
                migrate.environment=odin-dev
                migrate.ledger=file:target/never-made
                """);
        return "--spring.config.location=" + folder.toUri();
    }

    @Test
    void runs_no_migration_that_a_file_of_the_application_enables() throws Exception {
        assertThat(run(applicationFile()).enabled()).isFalse();
        assertThat(Path.of("target/never-made")).doesNotExist();
    }

    @Test
    void runs_them_where_an_argument_enables_them() throws Exception {
        MigrateProperties properties = run(
                applicationFile(),
                "--migrate.enabled=true",
                "--migrate.ledger=memory:",
                "--migrate.packages-only=nothing");
        assertThat(properties.enabled()).isTrue();
        assertThat(properties.ledger()).isEqualTo("memory:");
    }

    @Test
    void runs_them_where_a_system_property_enables_them() throws Exception {
        System.setProperty("migrate.enabled", "true");
        assertThat(run(applicationFile(), "--migrate.ledger=memory:", "--migrate.packages-only=nothing")
                        .enabled())
                .isTrue();
    }
}
