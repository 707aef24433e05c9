package dev.migrate.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The path of a servlet request as the container and Spring MVC see it. The container selects the servlet by the
 * decoded and normalised path. Spring MVC selects the handler by the raw path, in which {@code
 * /cars/..;/actuator/health} is below {@code /cars}. A request is exempt only if both paths are. Only Spring sees the
 * target of an include.
 */
final class ServletRequestPaths {

    private static final PathContainer.Options DECODED = PathContainer.Options.create('/', false);
    private static final PathContainer NO_PATH = PathContainer.parsePath("");

    private final String prefix;

    ServletRequestPaths(Environment environment) {
        this.prefix = prefix(environment.getProperty("spring.mvc.servlet.path", ""));
    }

    Stream<PathContainer> of(HttpServletRequest request) {
        return Stream.of(
                container(request), ServletRequestPathUtils.parse(request).pathWithinApplication());
    }

    private PathContainer container(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return path.startsWith(prefix) ? PathContainer.parsePath(path.substring(prefix.length()), DECODED) : NO_PATH;
    }

    /** Spring Boot maps the dispatcher servlet, and so the endpoints, below this path. */
    private static String prefix(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
