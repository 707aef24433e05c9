package dev.migrate.spring.metrics;

import dev.migrate.spring.ActionInterceptor;
import dev.migrate.spring.ListenerFactory;
import dev.migrate.spring.startup.MigrationMonitor;
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
 * Records meters and observations with Micrometer. The registry is looked up right before the run, so the order of
 * auto-configurations does not matter.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrateMetricsAutoConfiguration {

    MigrateMetricsAutoConfiguration() {}

    /** Applies if Micrometer's meters are on the class path. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class MeterConfiguration {

        @Bean("dev.migrate.meters")
        ListenerFactory migrateMeters(ObjectProvider<MeterRegistry> registries, MigrationMonitor monitor) {
            MeterRegistry registry = registries.getIfUnique();
            return settings -> registry == null ? null : new MetricsListener(registry, settings.environment(), monitor);
        }
    }

    /** Applies if Micrometer's observations are on the class path. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.observation.ObservationRegistry")
    static class ObservationConfiguration {

        @Bean("dev.migrate.actionObservation")
        @ConditionalOnMissingBean
        ActionInterceptor migrateActionObservation(ObjectProvider<ObservationRegistry> registries) {
            return new ActionObservation(registries.getIfUnique(() -> ObservationRegistry.NOOP));
        }
    }
}
