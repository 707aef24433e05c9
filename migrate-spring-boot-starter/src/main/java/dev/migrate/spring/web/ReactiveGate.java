package dev.migrate.spring.web;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.web.ExemptPaths.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The gate of a WebFlux application. While it is open, it costs one volatile read per request. */
final class ReactiveGate implements WebFilter, PriorityOrdered {

    private static final Logger log = LoggerFactory.getLogger(ReactiveGate.class);

    private final MigrationMonitor monitor;
    private final ExemptPaths exempt;
    private final ApplicationContext application;
    private final boolean details;

    ReactiveGate(MigrationMonitor monitor, ExemptPaths exempt, ApplicationContext application, boolean details) {
        this.monitor = monitor;
        this.exempt = exempt;
        this.application = application;
        this.details = details;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (monitor.isOpen()) {
            return chain.filter(exchange);
        }
        if (exempt.contain(server(exchange), exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange).onErrorResume(failure -> answerError(exchange, failure));
        }
        return refuse(exchange);
    }

    /**
     * A separate management port has its own context, in which this filter also runs. The port of the request cannot
     * distinguish the two, because a forwarded header can change it.
     */
    private Server server(ServerWebExchange exchange) {
        return exchange.getApplicationContext() == application ? Server.MAIN : Server.MANAGEMENT;
    }

    /** Handles the error here, because the error handler and the error page belong to the application. */
    private Mono<Void> answerError(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted() || monitor.isOpen()) {
            return Mono.error(failure);
        }
        HttpStatusCode status = HttpStatus.INTERNAL_SERVER_ERROR;
        if (failure instanceof ErrorResponse error) {
            status = error.getStatusCode();
            // Copied one by one, because HttpHeaders is no longer a map in Spring 7.
            error.getHeaders()
                    .forEach((name, values) ->
                            values.forEach(value -> response.getHeaders().add(name, value)));
        } else {
            log.error("The request {} failed.", exchange.getRequest().getPath(), ForeignText.printable(failure));
        }
        response.setStatusCode(status);
        return response.setComplete();
    }

    private Mono<Void> refuse(ServerWebExchange exchange) {
        String accept = exchange.getRequest().getHeaders().getFirst("Accept");
        GateResponse refusal = GateResponse.of(monitor.snapshot(), accept, details);
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        refusal.headers().forEach(response.getHeaders()::set);
        response.getHeaders().setContentLength(refusal.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(refusal.body())));
    }
}
