package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static final Class<?>[] SOURCES = {PlainApp.class, Surrounding.class};

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @Test
    void isTheFirstRunnerByDefault() {
        new TestApplications(ledger).run(SOURCES, "impossible").close();
        assertThat(ExecutedActions.names())
                .containsExactly("lifecycle", "refreshed", "ImpossibleEnvironment", "told", "first runner", "runner");
    }

    @Test
    void isBeforeEveryLifecycleWhenEarly() {
        new TestApplications(ledger)
                .run(SOURCES, "impossible", "--migrate.start=early")
                .close();
        assertThat(ExecutedActions.names())
                .containsExactly("ImpossibleEnvironment", "told", "lifecycle", "refreshed", "first runner", "runner");
    }

    @Test
    void isBeforeListenersAndRunnersWhenWeb() {
        new TestApplications(ledger)
                .run(SOURCES, "impossible", "--migrate.start=web")
                .close();
        assertThat(ExecutedActions.names())
                .containsExactly("lifecycle", "ImpossibleEnvironment", "told", "refreshed", "first runner", "runner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void isNotMadeWhenSwitchedOff(String start, CapturedOutput output) {
        try (var context = new TestApplications(ledger)
                .run(SOURCES, "impossible", "--migrate.enabled=false", "--migrate.start=" + start)) {
            assertThat(ExecutedActions.names()).containsExactly("lifecycle", "refreshed", "first runner", "runner");
            assertThat(context.getBean(MigrationMonitor.class).isOpen()).isTrue();
        }
        assertThat(output.toString().lines().filter(line -> line.contains("Migrations are disabled")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void worksInALazyApplicationWithVirtualThreads(String start) {
        var arguments = new String[] {
            "--spring.main.lazy-initialization=true",
            "--spring.threads.virtual.enabled=true",
            "--migrate.start=" + start
        };
        try (var context = new TestApplications(ledger).run("impossible", arguments)) {
            assertThat(ExecutedActions.names()).containsExactly("ImpossibleEnvironment");
            assertThat(context.getBeanFactory().containsSingleton("dev.migrate.shutdownListener"))
                    .isTrue();
        }
    }

    @Test
    void happensOnceThoughTheContextIsStartedAgain() {
        try (var context = new TestApplications(ledger).run(SOURCES, "impossible", "--migrate.start=early")) {
            context.stop();
            context.start();
            assertThat(ExecutedActions.names()).containsOnlyOnce("ImpossibleEnvironment", "told");
        }
    }

    @Test
    void endsWhenItsOwnContextClosesAndNoOther(CapturedOutput output) throws Exception {
        var blocked = new CompletableFuture<ApplicationContext>();
        var sources = new Class<?>[] {PlainApp.class, Surrounding.class};
        var start = CompletableFuture.runAsync(
                () -> new SpringApplicationBuilder(sources)
                        .web(WebApplicationType.NONE)
                        .initializers(context -> context.getBeanFactory()
                                .registerSingleton("waiting", MigrationListener.of(event -> {
                                    if (event instanceof MigrationEvent.Blocked) {
                                        blocked.complete(context);
                                    }
                                })))
                        .run(new TestApplications(ledger).arguments("failing")),
                command -> new Thread(command).start());
        var context = (ConfigurableApplicationContext) blocked.get(30, TimeUnit.SECONDS);
        assertThat(output).containsPattern("ERROR.*Startup is blocked.*no web server.*migrate.on-failure=exit");
        var child = new GenericApplicationContext(context);
        child.refresh();
        child.close();
        assertThatThrownBy(() -> start.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(context.getBean(MigrationMonitor.class).snapshot().state())
                .isEqualTo(MigrationMonitor.State.BLOCKED);
        context.close();
        assertThatThrownBy(() -> start.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(RunCancelledException.class);
        assertThat(ExecutedActions.names()).doesNotContain("first runner", "runner");
    }

    @Test
    void runsNothingTwice() {
        new TestApplications(ledger).run("basic").close();
        new TestApplications(ledger).run("basic").close();
        assertThat(ExecutedActions.names()).containsExactly("First", "SecondOfOdin", "Tenth");
    }

    @Test
    void warnsWhereNothingIsFoundThoughSomethingWasApplied(CapturedOutput output) {
        new TestApplications(ledger).run("basic").close();
        assertThat(output).doesNotContain("No migration was found");
        new TestApplications(ledger).run("nothing").close();
        assertThat(output).containsPattern("WARN.*No migration was found.* holds 3 as applied");
    }

    @Test
    void isNotDisturbedByAListenerThatThrows(CapturedOutput output) {
        var sources = new Class<?>[] {PlainApp.class, Throwing.class};
        try (var context = new TestApplications(ledger).run(sources, "impossible")) {
            assertThat(ExecutedActions.names()).containsExactly("ImpossibleEnvironment");
            assertThat(context.getBean(MigrationMonitor.class).isOpen()).isTrue();
        }
        assertThat(output).contains("failed to handle Completed").contains("no ears");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void failsWithAnExitCodeWhereAFailureIsToEndIt(String start, CapturedOutput output) {
        assertThatThrownBy(() -> new TestApplications(ledger)
                        .run("failing", "--migrate.on-failure=exit", "--migrate.start=" + start))
                .hasStackTraceContaining(MigrationsBlockedException.class.getName())
                .satisfies(e -> assertThat(new ExitCodes().of(e)).isPositive());
        assertThat(output).contains("APPLICATION FAILED TO START").contains("no such car");
    }

    @Test
    void switchesTheProbesOnUnlessToldOtherwise() {
        String probes = "management.endpoint.health.probes.enabled";
        try (var context = new TestApplications(ledger).run("nothing")) {
            assertThat(context.getEnvironment().getProperty(probes)).isEqualTo("true");
        }
        try (var context = new TestApplications(ledger).run("nothing", "--" + probes + "=false")) {
            assertThat(context.getEnvironment().getProperty(probes)).isEqualTo("false");
        }
    }

    /** What Boot does with an exception when it looks for a code. */
    private static final class ExitCodes {
        int of(Throwable failure) {
            if (failure instanceof org.springframework.boot.ExitCodeGenerator generator) {
                return generator.getExitCode();
            }
            return failure.getCause() == null ? 0 : of(failure.getCause());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Surrounding {

        private final AtomicBoolean running = new AtomicBoolean();

        @Bean
        MigrationListener told() {
            return MigrationListener.of(event -> {
                if (event instanceof MigrationEvent.Completed) {
                    ExecutedActions.note("told");
                }
            });
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ApplicationRunner firstRunner() {
            return arguments -> ExecutedActions.note("first runner");
        }

        @Bean
        CommandLineRunner runner() {
            return arguments -> ExecutedActions.note("runner");
        }

        @EventListener
        void refreshed(ContextRefreshedEvent event) {
            ExecutedActions.note("refreshed");
        }

        @Bean
        SmartLifecycle lifecycle() {
            return new SmartLifecycle() {
                @Override
                public void start() {
                    running.set(true);
                    ExecutedActions.note("lifecycle");
                }

                @Override
                public void stop() {
                    running.set(false);
                }

                @Override
                public boolean isRunning() {
                    return running.get();
                }

                @Override
                public int getPhase() {
                    return Integer.MIN_VALUE + 1;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Throwing {
        @Bean
        MigrationListener deaf() {
            return MigrationListener.of(event -> {
                throw new IllegalStateException("no ears");
            });
        }
    }
}
