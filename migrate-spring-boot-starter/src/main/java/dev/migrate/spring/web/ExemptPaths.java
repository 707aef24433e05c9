package dev.migrate.spring.web;

import org.springframework.http.server.PathContainer;

/** The management paths that the gate lets pass while it is closed. */
interface ExemptPaths {

    /** No path is exempt, because there is no actuator. */
    ExemptPaths NONE = (server, path) -> false;

    /** The server that received a request. */
    enum Server {
        /** The server of the application. */
        MAIN,
        /** The server of a separate management port. */
        MANAGEMENT
    }

    /**
     * Tells whether a path on a server belongs to management.
     *
     * @param server the server that received the request
     * @param path the path within the application, without context path and servlet prefix
     * @return true if the gate lets the request pass
     */
    boolean contain(Server server, PathContainer path);
}
