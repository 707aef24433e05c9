package dev.migrate.testworker;

import dev.migrate.testapp.Trace;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** A worker: it has a scheduled job that must not run before its migrations, and may have a thread that never ends. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@EnableScheduling
public class TickingApplication {

    private final Trace trace;

    TickingApplication(Environment environment) {
        this.trace = new Trace(environment);
        if (environment.getProperty("test.linger", boolean.class, false)) {
            // A thread that is no daemon, as some clients start.
            new Thread(TickingApplication::linger, "lingering").start();
        }
    }

    private static void linger() {
        try {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Scheduled(fixedDelay = 100)
    void tick() {
        trace.add("tick");
    }

    public static void main(String[] arguments) {
        SpringApplication.run(TickingApplication.class, arguments);
    }
}
