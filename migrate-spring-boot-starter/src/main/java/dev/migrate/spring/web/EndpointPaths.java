package dev.migrate.spring.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The exact paths of the operations of the exposed actuator endpoints. Other paths below an endpoint belong to the
 * application, especially if the base path is {@code /}.
 */
final class EndpointPaths implements ExemptPaths {

    private final ObjectProvider<PathMappedEndpoints> endpoints;
    private final Environment environment;
    // Resolved with the first request, because the gate is created before the endpoints.
    private volatile @Nullable Known known;

    EndpointPaths(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
        this.endpoints = endpoints;
        this.environment = environment;
    }

    @Override
    public boolean contain(Server server, PathContainer path) {
        Known paths = known;
        if (paths == null) {
            paths = read();
            known = paths;
        }
        List<PathPattern> patterns = server == Server.MAIN ? paths.main : paths.management;
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private Known read() {
        List<PathPattern> main = new ArrayList<>();
        List<PathPattern> management = new ArrayList<>();
        PathMappedEndpoints mapped = endpoints.getIfAvailable();
        if (mapped != null) {
            ManagementPortType port = ManagementPortType.get(environment);
            for (PathMappedEndpoint endpoint : mapped) {
                if (port == ManagementPortType.SAME) {
                    add(main, mapped.getBasePath(), paths(endpoint));
                } else if (port == ManagementPortType.DIFFERENT) {
                    add(management, mapped.getBasePath(), paths(endpoint));
                    add(management, "", endpoint.getAdditionalPaths(WebServerNamespace.MANAGEMENT).stream());
                }
                add(main, "", endpoint.getAdditionalPaths(WebServerNamespace.SERVER).stream());
            }
        }
        return new Known(List.copyOf(main), List.copyOf(management));
    }

    private static Stream<String> paths(PathMappedEndpoint endpoint) {
        if (endpoint instanceof ExposableWebEndpoint web) {
            return web.getOperations().stream()
                    .map(operation -> operation.getRequestPredicate().getPath())
                    .distinct();
        }
        // An endpoint that is a servlet or a controller does not expose its operations.
        return Stream.of(endpoint.getRootPath(), endpoint.getRootPath() + "/**");
    }

    private static void add(List<PathPattern> patterns, String base, Stream<String> paths) {
        paths.map(path -> base + (path.startsWith("/") ? path : "/" + path))
                .map(PathPatternParser.defaultInstance::parse)
                .forEach(patterns::add);
    }

    private record Known(List<PathPattern> main, List<PathPattern> management) {}
}
