package dev.migrate.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A small car service. Its migrations are in the package beside it; nothing here knows of them. */
@SpringBootApplication
public class SampleApplication {

    /**
     * Starts the service.
     *
     * @param arguments properties, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(SampleApplication.class, arguments);
    }
}
