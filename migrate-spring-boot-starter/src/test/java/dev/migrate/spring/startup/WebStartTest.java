package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ImmediateReactorShutdown;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.web.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** {@code migrate.start=web}: the ports are open, the gate is closed, and nothing else of the application has begun. */
class WebStartTest {

    @TempDir
    Path folder;

    private final CompletableFuture<ConfigurableApplicationContext> begun = new CompletableFuture<>();
    private final CompletableFuture<ConfigurableApplicationContext> ready = new CompletableFuture<>();

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @ParameterizedTest
    @CsvSource({"servlet, same", "servlet, different", "reactive, different"})
    void answersHealthChecksAndBeginsNothingElse(String type, String management) throws Exception {
        Path until = folder.resolve("until");
        start(
                type,
                "--migrate.start=web",
                "--slow.until=" + until,
                management.equals("same") ? "--management.server.base-path=" : "--management.server.port=0");
        ConfigurableApplicationContext context = begun.get(60, TimeUnit.SECONDS);
        try {
            int port = port(context, "local.server.port");
            int health = management.equals("same") ? port : port(context, "local.management.port");
            assertThat(Http.get(port, "/cars").status()).isEqualTo(503);
            assertThat(Http.get(health, "/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(Http.get(health, "/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(ExecutedActions.names()).isEmpty();

            Files.writeString(until, "");
            ready.get(60, TimeUnit.SECONDS);
            assertThat(Http.get(port, "/cars").status()).isEqualTo(404);
            assertThat(Http.get(health, "/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(Http.get(health, "/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(ExecutedActions.names()).contains("listener", "refreshed", "tick", "runner");
        } finally {
            Files.writeString(until, ""); // nothing can close a context during its refresh
            context.close();
        }
    }

    private static int port(ConfigurableApplicationContext context, String name) {
        return context.getEnvironment().getRequiredProperty(name, Integer.class);
    }

    private void start(String type, String... properties) {
        var application = new SpringApplication(PlainApp.class, Surrounding.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(new ImmediateReactorShutdown(), context -> context.getBeanFactory()
                .registerSingleton("begun", MigrationListener.of(event -> {
                    if (event instanceof MigrationEvent.Started) {
                        begun.complete(context);
                    }
                })));
        application.addListeners(
                (ApplicationListener<ApplicationReadyEvent>) event -> ready.complete(event.getApplicationContext()));
        String[] more = new String[properties.length + 4];
        System.arraycopy(properties, 0, more, 0, properties.length);
        more[properties.length] = "--spring.main.web-application-type=" + type;
        more[properties.length + 1] = "--server.port=0";
        more[properties.length + 2] = "--server.address=127.0.0.1";
        more[properties.length + 3] = "--spring.autoconfigure.exclude=" + excluded(type.equals("reactive"));
        String[] arguments = new TestApplications(folder.resolve("ledger")).arguments("slow", more);
        Thread main = new Thread(
                () -> {
                    try {
                        application.run(arguments);
                    } catch (Throwable e) {
                        begun.completeExceptionally(e);
                        ready.completeExceptionally(e);
                    }
                },
                "main-of-test");
        main.setDaemon(true);
        main.start();
    }

    /** Security is on the class path of all tests, and so is Tomcat, which Boot 4 would choose beside Netty. */
    private static String excluded(boolean reactive) {
        return ImportCandidates.load(AutoConfiguration.class, WebStartTest.class.getClassLoader())
                .getCandidates()
                .stream()
                .filter(name -> name.contains(".security.") || reactive && name.contains(".tomcat."))
                .collect(Collectors.joining(","));
    }

    /** What works in the background of the application. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Surrounding {

        @Scheduled(fixedDelay = 100_000)
        void tick() {
            ExecutedActions.note("tick");
        }

        @EventListener
        void refreshed(ContextRefreshedEvent event) {
            if (event.getApplicationContext().getParent() == null) { // not that of the management port
                ExecutedActions.note("refreshed");
            }
        }

        @Bean
        ApplicationRunner runner() {
            return arguments -> {
                while (!ExecutedActions.names().contains("tick")) {
                    Thread.sleep(10);
                }
                ExecutedActions.note("runner");
            };
        }

        @Bean
        SmartLifecycle listener() {
            return new TestMessageListenerContainer(Integer.MAX_VALUE - 1000);
        }
    }
}
