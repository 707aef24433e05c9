package dev.migrate.spring.metrics;

import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.fixtures.watched.Scenario;
import io.micrometer.core.instrument.MockClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** A web application whose migrations do as they are told, whose meters have a clock of their own, and which is scraped. */
final class WatchedApp implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Applications of one process share its logging, which each sets up at its start and puts down at its end. */
    private static final Object ONE_AT_A_TIME = new Object();

    final MockClock clock = new MockClock();
    final Scenario conductor = new Scenario();
    private final CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
    private final ConfigurableApplicationContext context;
    private final URI endpoint;

    private WatchedApp(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(PlainApp.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(made -> {
            made.getBeanFactory().registerSingleton("clock", clock);
            made.getBeanFactory().registerSingleton("conductor", conductor);
            made.getBeanFactory().registerSingleton("credentials", AnonymousCredentialsProvider.create());
        });
        application.addListeners((ApplicationListener<ApplicationStartedEvent>)
                event -> started.complete(event.getApplicationContext()));
        Thread main = new Thread(() -> run(application, arguments), "main-of-test");
        main.setDaemon(true);
        main.start();
        context = started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        endpoint = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    }

    /** Starts one up to its runners, where the migrations begin. */
    static WatchedApp start(Path ledger, String... more) throws Exception {
        String[] web = {
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.endpoints.web.exposure.include=prometheus",
            "--migrate.lease=20s",
            "--spring.autoconfigure.exclude=" + ofSecurity()
        };
        String[] all = Stream.concat(Arrays.stream(web), Arrays.stream(more)).toArray(String[]::new);
        synchronized (ONE_AT_A_TIME) {
            return new WatchedApp(new TestApplications(ledger).arguments("watched", all));
        }
    }

    /** Security is on the class path of all tests. */
    private static String ofSecurity() {
        var candidates = ImportCandidates.load(AutoConfiguration.class, WatchedApp.class.getClassLoader());
        return Stream.of(candidates.getCandidates().toArray(String[]::new))
                .filter(name -> name.contains(".security."))
                .collect(Collectors.joining(","));
    }

    private void run(SpringApplication application, String[] arguments) {
        try {
            application.run(arguments);
        } catch (Throwable e) {
            started.completeExceptionally(e);
        }
    }

    Scrape scrape() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(endpoint).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        return Scrape.read(answer.body());
    }

    /** Scrapes until it looks as it should, and once more: one scrape reads its meters at several moments. */
    Scrape scrapeUntil(Predicate<Scrape> as) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Scrape scrape = scrape();
            if (as.test(scrape)) {
                return scrape();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Never as expected: " + scrape.samples());
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        synchronized (ONE_AT_A_TIME) {
            context.close();
        }
    }
}
