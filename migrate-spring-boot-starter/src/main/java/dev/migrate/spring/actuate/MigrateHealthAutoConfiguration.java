package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the health contributor {@code migrations}. It belongs to neither of Boot's two probes: a failed migration is no
 * reason to kill the process, and readiness is refused by Boot itself until all runners are done.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrateHealthAutoConfiguration {

    MigrateHealthAutoConfiguration() {}

    /** Where Boot 3 keeps the types. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Boot3 {

        @Bean
        org.springframework.boot.actuate.health.HealthIndicator migrationsHealthIndicator(MigrationMonitor monitor) {
            return () -> {
                MigrationsHealth facts = MigrationsHealth.of(monitor.snapshot());
                return org.springframework.boot.actuate.health.Health.status(facts.status())
                        .withDetails(facts.details())
                        .build();
            };
        }
    }

    /** Where Boot 4 keeps the types. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {

        // The contributor's name is the bean's without its ending, and so the same in both.
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator migrationsHealthContributor(
                MigrationMonitor monitor) {
            return () -> {
                MigrationsHealth facts = MigrationsHealth.of(monitor.snapshot());
                return org.springframework.boot.health.contributor.Health.status(facts.status())
                        .withDetails(facts.details())
                        .build();
            };
        }
    }
}
