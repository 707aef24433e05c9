package dev.migrate.testapp;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service without a database, of which many can be started together. Which migrations it has is told by {@code
 * migrate.packages}. It lives outside the packages of the sample, so that neither scans the other.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@RestController
public class TestApplication {

    private final Trace trace;

    TestApplication(Environment environment) {
        this.trace = new Trace(environment);
    }

    @GetMapping("/trace")
    List<String> trace() {
        return trace.lines();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(TestApplication.class, arguments);
    }
}
