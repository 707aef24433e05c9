package dev.migrate.spring.actuate;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.spring.ImmediateReactorShutdown;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.startup.MigrationMonitor;
import dev.migrate.spring.startup.MigrationMonitor.State;
import dev.migrate.spring.web.Http;
import dev.migrate.spring.web.Http.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** A real application with a web server and a ledger in a folder, which may never come to the end of its start. */
final class Served implements AutoCloseable {

    static final String BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private final ConfigurableApplicationContext context;

    private Served(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** With the endpoint exposed, unless a property says otherwise. */
    static Served start(String type, Path ledger, String fixture, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "spring.main.web-application-type=" + type,
                "spring.jmx.enabled=false",
                "logging.level.root=warn",
                "management.endpoints.web.exposure.include=migrations",
                "migrate.packages-only=dev.migrate.spring.fixtures." + fixture,
                "migrate.environment=odin-dev",
                "migrate.deployment=blue",
                "migrate.ledger=file:" + ledger,
                "spring.autoconfigure.exclude=" + String.join(",", excluded(type))));
        for (String property : properties) {
            all.removeIf(other -> other.startsWith(property.substring(0, property.indexOf('=') + 1)));
            all.add(property);
        }
        CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
        SpringApplication application = new SpringApplication(PlainApp.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(new ImmediateReactorShutdown());
        application.addListeners((ApplicationListener<ApplicationStartedEvent>)
                event -> started.complete(event.getApplicationContext()));
        Thread main = new Thread(
                () -> {
                    try {
                        application.run(
                                all.stream().map(property -> "--" + property).toArray(String[]::new));
                    } catch (Throwable e) {
                        started.completeExceptionally(e);
                    }
                },
                "main-of-test");
        main.setDaemon(true);
        main.start();
        try {
            return new Served(started.get(60, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new IllegalStateException("The application did not start", e);
        }
    }

    /** Security is on the class path of all tests, and so is Tomcat, which Boot 4 would take beside Netty. */
    private static List<String> excluded(String type) {
        List<String> names = new ArrayList<>();
        for (String name : ImportCandidates.load(AutoConfiguration.class, Served.class.getClassLoader())) {
            if (name.contains(".security.") || (type.equals("reactive") && name.contains(".tomcat."))) {
                names.add(name);
            }
        }
        return names;
    }

    Answer get(String path, String... headers) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return Http.get(port, path, headers);
    }

    /** Waits until the start has come so far, and then asks for the first time: an answer would be kept. */
    JsonObject await(State state) throws InterruptedException {
        awaitState(state);
        return json(get("/actuator/migrations"));
    }

    void awaitState(State state) throws InterruptedException {
        MigrationMonitor monitor = context.getBean(MigrationMonitor.class);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (monitor.snapshot().state() != state) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It is not " + state + " within 30 s: " + monitor.snapshot());
            }
            Thread.sleep(10);
        }
    }

    static JsonObject json(Answer answer) {
        String body = answer.body();
        if (body.indexOf('{') < 0) {
            throw new AssertionError(Arrays.asList(answer.status(), answer.headers(), body));
        }
        return JsonParser.parseString(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1))
                .getAsJsonObject();
    }

    static String state(JsonObject json) {
        return json.getAsJsonObject("process").get("state").getAsString();
    }

    @Override
    public void close() {
        context.close();
    }
}
