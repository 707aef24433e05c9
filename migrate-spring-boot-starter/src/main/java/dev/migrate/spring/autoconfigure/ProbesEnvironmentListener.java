package dev.migrate.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Switches the liveness and readiness probes on where nothing says otherwise. Spring Boot 3.5 does so on Kubernetes
 * alone; without them nobody could tell a blocked start from a dead one.
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

    /** After the files of the application are read, before anything asks for the probes. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
