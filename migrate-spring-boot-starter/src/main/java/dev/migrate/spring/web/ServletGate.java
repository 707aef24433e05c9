package dev.migrate.spring.web;

import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.web.ExemptPaths.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** The gate of a servlet application. While it is open, it costs one volatile read per request. */
final class ServletGate implements Filter {

    private static final String EXEMPT = ServletGate.class.getName() + ".exempt";

    private final MigrationMonitor monitor;
    private final ExemptPaths exempt;
    private final ServletRequestPaths paths;
    private final boolean details;

    ServletGate(MigrationMonitor monitor, ExemptPaths exempt, ServletRequestPaths paths, boolean details) {
        this.monitor = monitor;
        this.exempt = exempt;
        this.paths = paths;
        this.details = details;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (monitor.isOpen()) {
            chain.doFilter(request, response);
        } else {
            filterWhileClosed((HttpServletRequest) request, (HttpServletResponse) response, chain);
        }
    }

    private void filterWhileClosed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            answerError(request, response);
        } else if (paths.of(request).allMatch(path -> exempt.contain(Server.MAIN, path))) {
            request.setAttribute(EXEMPT, true);
            chain.doFilter(request, response);
        } else {
            refuse(request, response);
        }
    }

    /**
     * Handles an error dispatch: a failed management request, or a request that the container rejected, such as a
     * malformed one. Responses of the gate are not error dispatches. The error page belongs to the application, so it
     * must not be called.
     */
    private void answerError(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getAttribute(EXEMPT) == null && Objects.equals(status, HttpServletResponse.SC_NOT_FOUND)) {
            // The path matches no servlet, so the request did not pass the gate. It is answered with 503 instead of
            // 404.
            refuse(request, response);
        } else if (status instanceof Integer code) {
            response.setStatus(code);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        GateResponse refusal = GateResponse.of(monitor.snapshot(), request.getHeader("Accept"), details);
        response.setStatus(GateResponse.STATUS);
        refusal.headers().forEach(response::setHeader);
        byte[] body = refusal.body();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
