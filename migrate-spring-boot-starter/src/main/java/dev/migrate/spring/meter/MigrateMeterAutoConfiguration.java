package dev.migrate.spring.meter;

import dev.migrate.spring.ActionSurrounding;
import dev.migrate.spring.ListenerFactory;
import dev.migrate.spring.MigrationMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Records what happens in meters and observations. Whether there is a registry is asked when the migrations are about to
 * run; so it matters neither who makes it nor when.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrateMeterAutoConfiguration {

    MigrateMeterAutoConfiguration() {}

    /** Where meters can be. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class MeterConfiguration {

        @Bean
        ListenerFactory migrateMeters(ObjectProvider<MeterRegistry> registries, MigrationMonitor monitor) {
            MeterRegistry registry = registries.getIfUnique();
            return settings -> registry == null ? null : new MeterListener(registry, settings.environment(), monitor);
        }
    }

    /** Where observations can be. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.observation.ObservationRegistry")
    static class ObservationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ActionSurrounding migrateActionObservation(ObjectProvider<ObservationRegistry> registries) {
            return new ActionObservation(registries.getIfUnique(() -> ObservationRegistry.NOOP));
        }
    }
}
