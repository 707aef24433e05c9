package dev.migrate.spring.web;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** A WebFlux application with everything that can be reached in one. */
@Configuration(proxyBeanMethods = false)
@Import({ReactiveCars.Cars.class, BrokenEndpoint.class})
class ReactiveCars {

    @Bean
    RouterFunction<ServerResponse> route(Reached reached) {
        return RouterFunctions.route()
                .GET("/route", request -> {
                    reached.add("route");
                    return ServerResponse.ok().bodyValue("route");
                })
                .build();
    }

    @Bean
    SimpleUrlHandlerMapping sockets() {
        WebSocketHandler socket = session -> session.close();
        return new SimpleUrlHandlerMapping(Map.of("/socket", socket), -1);
    }

    /** In the place of Boot's, before it. */
    @Bean
    @Order(-2)
    WebExceptionHandler errorPage(Reached reached) {
        return (exchange, failure) -> {
            reached.add("error page");
            exchange.getResponse().setStatusCode(HttpStatus.I_AM_A_TEAPOT);
            return exchange.getResponse().setComplete();
        };
    }

    /** Of the same order as the gate, and known to the context before it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter aFilter(Reached reached) {
        return (exchange, chain) -> {
            reached.add("filter");
            return chain.filter(exchange);
        };
    }

    @RestController
    static class Cars {

        private final Reached reached;

        Cars(Reached reached) {
            this.reached = reached;
        }

        @GetMapping("/cars")
        Mono<String> cars() {
            reached.add("controller");
            return Mono.just("cars");
        }

        @RequestMapping({"/cars/{*rest}", "/info/{*rest}", "/actuator/info/{*rest}"})
        String anything() {
            reached.add("catch-all");
            return "anything";
        }
    }
}
