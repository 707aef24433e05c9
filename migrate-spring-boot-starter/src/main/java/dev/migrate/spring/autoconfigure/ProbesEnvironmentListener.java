package dev.migrate.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Enables the liveness and readiness probes by default. Spring Boot 3.5 enables them only on Kubernetes, but the probes
 * distinguish a blocked startup from a dead process.
 */
final class ProbesEnvironmentListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String PROPERTY = "management.endpoint.health.probes.enabled";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (!environment.containsProperty(PROPERTY)) {
            environment.getPropertySources().addLast(new MapPropertySource("migrateDefaults", Map.of(PROPERTY, true)));
        }
    }

    /** Runs after the application's configuration files are loaded and before the probes are read. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
