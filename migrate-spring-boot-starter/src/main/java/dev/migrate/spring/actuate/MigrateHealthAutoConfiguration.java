package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the health contributor {@code migrations}. It is not part of Spring Boot's liveness and readiness groups: a
 * failed migration is no reason to kill the process, and Spring Boot refuses readiness until all runners finish.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrateHealthAutoConfiguration {

    MigrateHealthAutoConfiguration() {}

    /** Uses the types of Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Boot3 {

        @Bean
        org.springframework.boot.actuate.health.HealthIndicator migrationsHealthIndicator(MigrationMonitor monitor) {
            return () -> {
                MigrationsHealth health = MigrationsHealth.of(monitor.snapshot());
                return org.springframework.boot.actuate.health.Health.status(health.status())
                        .withDetails(health.details())
                        .build();
            };
        }
    }

    /** Uses the types of Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {

        // The contributor's name is the bean name without its suffix, so it is the same in both.
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator migrationsHealthContributor(
                MigrationMonitor monitor) {
            return () -> {
                MigrationsHealth health = MigrationsHealth.of(monitor.snapshot());
                return org.springframework.boot.health.contributor.Health.status(health.status())
                        .withDetails(health.details())
                        .build();
            };
        }
    }
}
