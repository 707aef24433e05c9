package dev.migrate.spring.web;

import org.springframework.http.server.PathContainer;

/** What the gate lets through while it is shut: the paths that belong to management. */
interface ExemptPaths {

    /** Nothing is exempt: there is no actuator. */
    ExemptPaths NONE = (server, path) -> false;

    /** The server that a request came to. */
    enum Server {
        /** The one of the application. */
        MAIN,
        /** The one of a management port of its own. */
        MANAGEMENT
    }

    /**
     * Whether a path belongs to management on a server.
     *
     * @param server where the request came to
     * @param path the path inside the application, without context path and without servlet prefix
     * @return whether it may pass
     */
    boolean contain(Server server, PathContainer path);
}
