package dev.migrate.spring.actuate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.core.env.Environment;

/**
 * Adds the contributor {@code migrations} to the readiness group of Spring Boot 3.
 *
 * @param environment the properties, in which the application can exclude the contributor
 */
record Boot3ReadinessGroup(Environment environment) implements HealthEndpointGroupsPostProcessor {

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        HealthEndpointGroup readiness = groups.get(ReadinessGroup.NAME);
        if (readiness == null || !ReadinessGroup.addsMigrations(environment)) {
            return groups;
        }
        return new ChangedGroups(groups, new WithMigrations(readiness));
    }

    /** The configured groups with another readiness group. Implements {@link AdditionalPathsMapper} because Spring Boot casts to it. */
    private record ChangedGroups(HealthEndpointGroups configured, HealthEndpointGroup readiness)
            implements HealthEndpointGroups, AdditionalPathsMapper {

        @Override
        public HealthEndpointGroup getPrimary() {
            return configured.getPrimary();
        }

        @Override
        public Set<String> getNames() {
            return configured.getNames();
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            return name.equals(ReadinessGroup.NAME) ? readiness : configured.get(name);
        }

        @Override
        public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace server) {
            return configured instanceof AdditionalPathsMapper mapper
                    ? mapper.getAdditionalPaths(endpoint, server)
                    : null;
        }
    }

    private record WithMigrations(HealthEndpointGroup configured) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return ReadinessGroup.isMember(name, configured::isMember);
        }

        @Override
        public boolean showComponents(SecurityContext security) {
            return configured.showComponents(security);
        }

        @Override
        public boolean showDetails(SecurityContext security) {
            return configured.showDetails(security);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return configured.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return configured.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return configured.getAdditionalPath();
        }
    }
}
