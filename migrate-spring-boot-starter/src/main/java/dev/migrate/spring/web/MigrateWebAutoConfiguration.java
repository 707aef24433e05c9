package dev.migrate.spring.web;

import dev.migrate.spring.MigrateProperties.Gate;
import dev.migrate.spring.startup.MigrationMonitor;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Configures the gate. {@code migrate.gate.enabled} is evaluated at run time, not by a condition, because AOT
 * processing would freeze it.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "dev.migrate.spring.autoconfigure.MigrateAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBean(MigrationMonitor.class)
public final class MigrateWebAutoConfiguration {

    MigrateWebAutoConfiguration() {}

    private static Gate gate(Environment environment) {
        return Binder.get(environment).bindOrCreate("migrate.gate", Gate.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints")
    static class Endpoints {

        @Bean("dev.migrate.gateExemptPaths")
        ExemptPaths migrationGateExemptPaths(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
            return new EndpointPaths(endpoints, environment);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(Filter.class)
    static class Servlet {

        @Bean("dev.migrate.gate")
        ServletGateRegistration migrationGate(
                MigrationMonitor monitor, ObjectProvider<ExemptPaths> exempt, Environment environment) {
            Gate gate = gate(environment);
            ServletGate filter = new ServletGate(
                    monitor,
                    exempt.getIfAvailable(() -> ExemptPaths.NONE),
                    new ServletRequestPaths(environment),
                    gate.details());
            return new ServletGateRegistration(filter, gate.enabled());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(WebFilter.class)
    static class Reactive {

        @Bean("dev.migrate.gate")
        WebFilter migrationGate(
                MigrationMonitor monitor,
                ObjectProvider<ExemptPaths> exempt,
                ApplicationContext application,
                Environment environment) {
            Gate gate = gate(environment);
            if (!gate.enabled()) {
                return (exchange, chain) -> chain.filter(exchange);
            }
            return new ReactiveGate(
                    monitor, exempt.getIfAvailable(() -> ExemptPaths.NONE), application, gate.details());
        }
    }
}
