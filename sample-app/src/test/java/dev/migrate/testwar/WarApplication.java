package dev.migrate.testwar;

import dev.migrate.testworker.TickingApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;

/** The worker as a WAR: the container calls this, and Spring Boot registers no shutdown hook. */
public class WarApplication extends SpringBootServletInitializer {

    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
        return builder.sources(TickingApplication.class);
    }
}
