package dev.migrate.spring;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** The moment {@code migrate.start=runner}: before every other runner. */
record StartInRunner(MigrationStartup startup) implements ApplicationRunner, PriorityOrdered {

    @Override
    public void run(ApplicationArguments arguments) {
        startup.launch(MigrateProperties.Start.RUNNER);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
