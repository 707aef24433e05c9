package dev.migrate.spring.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** A WebFlux application with one route. */
@Configuration(proxyBeanMethods = false)
class PlainRoute {

    @Bean
    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .GET("/{*rest}", request -> ServerResponse.ok().bodyValue("route"))
                .build();
    }
}
