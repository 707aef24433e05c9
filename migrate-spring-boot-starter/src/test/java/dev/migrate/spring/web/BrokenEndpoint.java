package dev.migrate.spring.web;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** A management endpoint that fails. */
@Endpoint(id = "broken")
final class BrokenEndpoint {

    @ReadOperation
    String read() {
        throw new IllegalStateException("broken on purpose");
    }
}
