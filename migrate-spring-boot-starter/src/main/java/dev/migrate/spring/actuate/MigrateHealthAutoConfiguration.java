package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Adds the health contributor {@code migrations}, and makes it part of the readiness group, whatever that group
 * includes. It is not part of the liveness group: a failed migration is no reason to kill the process.
 *
 * @since 0.1
 */
@AutoConfiguration(
        afterName = {
            "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration",
            // These create the readiness group if the application does not.
            "org.springframework.boot.actuate.autoconfigure.availability.AvailabilityProbesAutoConfiguration",
            "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration"
        })
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

    /** Changes the readiness group of Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor")
    static class Boot3Groups {

        @Bean("dev.migrate.readinessGroup")
        static Boot3ReadinessGroup migrateReadinessGroup(Environment environment) {
            return new Boot3ReadinessGroup(environment);
        }
    }

    /** Changes the readiness group of Spring Boot 4, which needs the actuator besides the module of the contributors. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor",
                "org.springframework.boot.actuate.endpoint.SecurityContext"
            })
    static class Boot4Groups {

        @Bean("dev.migrate.readinessGroup")
        static Boot4ReadinessGroup migrateReadinessGroup(Environment environment) {
            return new Boot4ReadinessGroup(environment);
        }
    }
}
