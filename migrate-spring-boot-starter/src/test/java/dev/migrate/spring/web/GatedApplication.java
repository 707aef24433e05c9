package dev.migrate.spring.web;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.spring.ImmediateReactorShutdown;
import dev.migrate.spring.startup.MigrationMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A real application whose start is held in a runner, as it is while migrations run, and whose monitor is driven by the
 * test.
 */
public final class GatedApplication implements AutoCloseable {

    private static final Attempt ATTEMPT = new Attempt(
            MigrationId.of("0003"),
            "BackfillCarPrices",
            2,
            "token",
            Instant.EPOCH,
            "build-7",
            new Owner("host", 7, null),
            false,
            Map.of());

    private final CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ConfigurableApplicationContext context;

    private GatedApplication(List<Class<?>> sources, List<String> properties) {
        SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setRegisterShutdownHook(false);
        application.addInitializers(new ImmediateReactorShutdown());
        application.addListeners((ApplicationListener<ApplicationStartedEvent>)
                event -> started.complete(event.getApplicationContext()));
        String[] arguments = properties.stream().map(p -> "--" + p).toArray(String[]::new);
        Thread main = new Thread(() -> run(application, arguments), "main-of-test");
        main.setDaemon(true);
        main.start();
        try {
            context = started.get(60, TimeUnit.SECONDS);
            // The application calls itself alive after that event, and before its runners.
            if (!bean(Hold.class).begun.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("It did not come to its runners");
            }
        } catch (Exception e) {
            throw new IllegalStateException("The application did not start", e);
        }
    }

    /**
     * Starts an application up to its runners.
     *
     * @param security whether Spring Security is to be there
     * @param source the configuration
     * @param properties as {@code name=value}
     */
    public static GatedApplication start(boolean security, Class<?> source, String... properties) {
        boolean reactive = Arrays.asList(properties).contains("spring.main.web-application-type=reactive");
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "management.server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "logging.level.root=warn",
                "spring.jmx.enabled=false",
                "spring.security.user.name=user",
                "spring.security.user.password=secret",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.show-details=always",
                "management.endpoints.web.exposure.include=health,info,broken",
                "spring.autoconfigure.exclude=" + String.join(",", excluded(security, reactive))));
        // One address can only be set where the port is another.
        if (Arrays.stream(properties).noneMatch(p -> p.startsWith("management.server.port="))) {
            all.remove("management.server.address=127.0.0.1");
        }
        all.addAll(Arrays.asList(properties));
        return new GatedApplication(List.of(Base.class, source), all);
    }

    /**
     * Security is on the class path of all tests, and so is Tomcat, which Boot 4 would choose for the management port
     * beside Netty; and the monitor is not to be driven by the starter.
     */
    private static List<String> excluded(boolean security, boolean reactive) {
        List<String> names = new ArrayList<>();
        for (String name : ImportCandidates.load(AutoConfiguration.class, GatedApplication.class.getClassLoader())) {
            boolean own = name.startsWith("dev.migrate.");
            boolean tested = name.startsWith("dev.migrate.spring.web.")
                    || name.equals("dev.migrate.spring.actuate.MigrateHealthAutoConfiguration");
            if ((own && !tested)
                    || (!security && name.contains(".security."))
                    || (reactive && name.contains(".tomcat."))) {
                names.add(name);
            }
        }
        return names;
    }

    private void run(SpringApplication application, String[] arguments) {
        try {
            application.run(arguments);
        } catch (Throwable e) {
            started.completeExceptionally(e);
        } finally {
            ended.countDown();
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The port of the application. */
    public int port() {
        return port("local.server.port");
    }

    /** The port of the management endpoints. */
    public int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    /** A migration runs in this process. */
    public void running() {
        tell(new MigrationEvent.Started(ATTEMPT, null));
    }

    /** A migration failed, with an exception that told a secret. */
    public void blocked() {
        BlockingVerdict halted =
                new BlockingVerdict(ATTEMPT, Outcome.FAILED, "IllegalStateException: no cars", null, null);
        tell(new MigrationEvent.Blocked(
                new BlockedStart("0003 failed: IllegalStateException: no cars", "Deploy the fix.", halted),
                Duration.ZERO));
    }

    /** A migration failed whose name, owner and error are markup. */
    public void blockedByMarkup() {
        Attempt attempt = new Attempt(
                MigrationId.of("0003"),
                "<script>alert('name')</script>",
                2,
                "token",
                Instant.EPOCH,
                "build-7",
                new Owner("\"><img src=x onerror=alert(1)>", 7, null),
                false,
                Map.of());
        String error = "IllegalStateException: </dd></dl><style>*{display:none}</style> & more";
        tell(new MigrationEvent.Blocked(
                new BlockedStart(
                        "0003 failed: " + error,
                        "Run <once>.",
                        new BlockingVerdict(attempt, Outcome.FAILED, error, null, null)),
                Duration.ZERO));
    }

    /** All is applied. */
    public void open() {
        tell(new MigrationEvent.Completed(new MigrationReport(List.of(), List.of(), 0, Duration.ZERO)));
    }

    /** The runner that held the start returns. */
    public void finishStart() throws InterruptedException {
        bean(Hold.class).release.countDown();
        if (!ended.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The start did not end");
        }
    }

    private void tell(MigrationEvent event) {
        bean(MigrationMonitor.class).on(event);
    }

    @Override
    public void close() {
        bean(Hold.class).release.countDown();
        context.close();
    }

    /** What holds the start. */
    static final class Hold {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
    }

    /** What every application here has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Base {

        @Bean
        MigrationMonitor migrationMonitor() {
            return new MigrationMonitor();
        }

        @Bean
        Reached reached() {
            return new Reached();
        }

        @Bean
        Hold lease() {
            return new Hold();
        }

        @Bean
        ApplicationRunner holdingRunner(Hold lease) {
            return arguments -> {
                lease.begun.countDown();
                lease.release.await();
            };
        }
    }
}
