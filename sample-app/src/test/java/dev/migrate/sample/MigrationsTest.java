package dev.migrate.sample;

import dev.migrate.spring.test.MigrationsVerifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tells two people who took one number, and whoever renames what is applied, before anything is deployed. */
class MigrationsTest {

    @Test
    void migrations_are_in_order() {
        MigrationsVerifier.of(SampleApplication.class)
                .withSnapshot(Path.of("src/test/resources/migrations.txt"))
                .check();
    }
}
