package dev.migrate.spring.startup;

import dev.migrate.spring.MigrateProperties;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Runs the migrations for {@code migrate.start=runner}, before every other runner. */
public record MigrationApplicationRunner(MigrationStartup startup) implements ApplicationRunner, PriorityOrdered {

    @Override
    public void run(ApplicationArguments arguments) {
        startup.launch(MigrateProperties.StartPhase.RUNNER);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
