package dev.migrate.spring.actuate;

import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.startup.MigrationMonitor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the endpoint {@code migrations}, which the application exposes like any other. There is no condition on its
 * exposure, because AOT processing would freeze it at build time.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrationsEndpointAutoConfiguration {

    MigrationsEndpointAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint")
    static class Web {

        @Bean("dev.migrate.endpoint")
        MigrationsEndpoint migrationsEndpoint(MigrateProperties properties, MigrationMonitor monitor) {
            return new MigrationsEndpoint(properties.enabled(), monitor, new CachedLedgerReader());
        }
    }
}
