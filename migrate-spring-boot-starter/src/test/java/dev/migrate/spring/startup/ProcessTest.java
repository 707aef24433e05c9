package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.spring.ChildJvm;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** What only a process of its own can show: signals, exit codes, and which classes it loads. */
class ProcessTest {

    private static final int SIGTERM = 128 + 15;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BOUNDED = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void endsSoonWhenAskedToWhileBlocked(String start) throws Exception {
        try (var child = start("failing", "--migrate.start=" + start)) {
            child.await("told: Blocked");
            child.terminate();
            assertThat(child.exitCode(SOON)).isEqualTo(SIGTERM);
            assertThat(child.output())
                    .contains("no such car")
                    .doesNotContain("later runner")
                    .doesNotContain("Application run failed")
                    .doesNotContain("APPLICATION FAILED TO START");
        }
    }

    /** Reactor Netty has a quiet period of two seconds of its own, so the same application is measured without us. */
    @Test
    void endsAReactiveApplicationNoLaterThanItWouldEndWithoutUs() throws Exception {
        // Most of it is waiting, so the two do it together.
        CyclicBarrier both = new CyclicBarrier(2);
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> millisToEnd(
                both,
                "later runner",
                "--spring.autoconfigure.exclude=dev.migrate.spring.autoconfigure.MigrateAutoConfiguration"));
        long with = millisToEnd(both, "told: Blocked");
        long without = other.get();
        System.out.println("SIGTERM to end on WebFlux, ms: blocked " + with + ", without us " + without);
        assertThat(with).isLessThanOrEqualTo(without + 1_500);
    }

    private long millisToEnd(CyclicBarrier both, String ready, String... more) {
        String[] arguments = Stream.concat(
                        Arrays.stream(new TestApplications(folder.resolve("ledger" + more.length))
                                .arguments("failing", more)),
                        Stream.of("--spring.main.web-application-type=reactive", "--migrate.deployment=one"))
                .toArray(String[]::new);
        try (var child = new ChildJvm(ChildJvm.classPathWithout("tomcat-embed"), List.of(), Child.class, arguments)) {
            child.await("Netty started on port");
            child.await(ready);
            both.await(BOUNDED.toSeconds(), TimeUnit.SECONDS);
            long begun = System.nanoTime();
            child.terminate();
            assertThat(child.exitCode(BOUNDED)).isEqualTo(SIGTERM);
            return (System.nanoTime() - begun) / 1_000_000;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void givesARunningActionItsGrace(String start) throws Exception {
        Path until = folder.resolve("until");
        try (var child = start("slow", "--migrate.start=" + start, "--slow.until=" + until)) {
            child.await("slow: begun");
            child.terminate();
            child.await("Shutdown requested");
            Files.createFile(until);
            assertThat(child.exitCode(BOUNDED)).isEqualTo(SIGTERM);
            assertThat(child.output())
                    .contains("slow: ended")
                    .doesNotContain("slow: interrupted")
                    .doesNotContain("later runner")
                    .doesNotContain("Application run failed")
                    .doesNotContain("APPLICATION FAILED TO START");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runner", "web", "early"})
    void endsWithACodeThoughAThreadOfTheApplicationLives(String start) throws Exception {
        try (var child = start("failing", "--migrate.start=" + start, "--migrate.on-failure=exit", "--linger=true")) {
            assertThat(child.exitCode(BOUNDED)).isEqualTo(ExitCode.FAILED);
            assertThat(child.output()).contains("lingering").contains("APPLICATION FAILED TO START");
        }
    }

    @Test
    void interruptsAnActionWhoseGraceIsOver() throws Exception {
        try (var child = start("slow", "--migrate.shutdown-grace=100ms", "--slow.until=" + folder.resolve("never"))) {
            child.await("slow: begun");
            child.terminate();
            child.await("slow: interrupted");
            assertThat(child.exitCode(BOUNDED)).isEqualTo(SIGTERM);
        }
        assertThat(Files.readString(folder.resolve("ledger/odin-dev/ledger.json")))
                .contains("halted")
                .contains("SlowMigration");
    }

    @Test
    void endsWithAnotherCodeWhereAnEarlierVerdictBlocks() throws Exception {
        String[] arguments = {"--migrate.on-failure=exit", "--migrate.deployment=blue"};
        for (int code : new int[] {ExitCode.FAILED, ExitCode.BLOCKED}) {
            try (var child = start("failing", arguments)) {
                assertThat(child.exitCode(BOUNDED)).isEqualTo(code);
            }
        }
    }

    @Test
    void endsWithAnotherCodeWhereTheLedgerRefuses() throws Exception {
        Path register =
                Files.createDirectories(folder.resolve("ledger/odin-dev")).resolve("ledger.json");
        Files.writeString(register, "not ours");
        try (var child = start("failing", "--migrate.on-failure=exit")) {
            assertThat(child.exitCode(BOUNDED)).isEqualTo(ExitCode.LEDGER);
        }
        assertThat(register).hasContent("not ours");
    }

    @Test
    void endsWithACodeWhereTheConfigurationIsWrong() throws Exception {
        try (var child = start("slow", "--migrate.environment=", "--linger=true")) {
            assertThat(child.exitCode(BOUNDED)).isEqualTo(ExitCode.CONFIGURATION);
        }
    }

    @Test
    void endsWithACodeWhereTwoMigrationsHaveOneNumber() throws Exception {
        try (var child = start("twins")) {
            assertThat(child.exitCode(BOUNDED)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(child.output())
                    .contains("Two migrations have the number")
                    .contains("next free number");
        }
        assertThat(folder.resolve("ledger")).doesNotExist();
    }

    @Test
    void givesTheAnswerOfACommandWithoutAPortAlsoWhereTheApplicationIsReactive() throws Exception {
        String[] arguments = new TestApplications(folder.resolve("ledger"))
                .arguments(
                        "basic",
                        "--spring.main.web-application-type=reactive",
                        "--migrate.mode=once",
                        "--migrate.command=status");
        try (var child = new ChildJvm(ChildJvm.classPathWithout("tomcat-embed"), List.of(), Child.class, arguments)) {
            assertThat(child.exitCode(BOUNDED)).isEqualTo(ExitCode.PENDING);
            assertThat(child.output()).contains("pending").doesNotContain("Netty started");
        }
    }

    @Test
    void runsAndReadsNothingInATrainingRun() throws Exception {
        try (var child = start(List.of("-Dspring.context.exit=onRefresh"), "failing", "--migrate.ledger=s3:///wrong")) {
            assertThat(child.exitCode(BOUNDED)).isZero();
            assertThat(child.output()).doesNotContain("told:").doesNotContain("migrate.ledger is wrong");
        }
    }

    @Test
    void loadsTheClassesOfNoOtherMigration() throws Exception {
        Path receipts = Files.createDirectories(folder.resolve("ledger/odin-dev"));
        Files.createFile(receipts.resolve("00001")); // applied, says a receipt of ODIN
        try (var child =
                start(List.of("-Xlog:class+load:stdout"), "basic", "--spring.main.web-application-type=none")) {
            child.await("later runner");
            child.terminate();
            child.exitCode(BOUNDED);
            assertThat(child.output())
                    .contains("BasicMigrations$SecondOfOdin")
                    .contains("BasicMigrations$Tenth")
                    .doesNotContain("BasicMigrations$ThirdOfThor")
                    .doesNotContain("BasicMigrations$First");
        }
    }

    private ChildJvm start(String fixture, String... arguments) throws IOException {
        return start(List.of(), fixture, arguments);
    }

    private ChildJvm start(List<String> options, String fixture, String... arguments) throws IOException {
        String[] all = new TestApplications(folder.resolve("ledger")).arguments(fixture, arguments);
        return new ChildJvm(options, Child.class, all);
    }

    /** A servlet application, on any free port. */
    @Import(PlainApp.class)
    public static class Child {

        public static void main(String[] arguments) {
            var application = new SpringApplication(Child.class);
            application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
            application.run(arguments);
        }

        @Bean
        MigrationListener teller() {
            return MigrationListener.of(event -> {
                if (event instanceof MigrationEvent.Blocked) {
                    System.out.println("told: Blocked");
                } else {
                    System.out.println("told: something");
                }
            });
        }

        @Bean
        CommandLineRunner laterRunner() {
            return arguments -> System.out.println("later runner");
        }

        /** Looks at every bean and its type, as libraries do. */
        @Bean
        static SmartInitializingSingleton curious(ConfigurableListableBeanFactory beans) {
            return () -> {
                beans.getBeansOfType(Runnable.class);
                beans.getBeanNamesForAnnotation(Deprecated.class);
                for (String name : beans.getBeanDefinitionNames()) {
                    beans.getType(name);
                    beans.findAnnotationOnBean(name, Deprecated.class);
                }
            };
        }

        /** A thread that is no daemon, as some clients start. */
        @Bean
        static BeanFactoryPostProcessor lingering(Environment environment) {
            if (environment.getProperty("linger", Boolean.class, false)) {
                new Thread(Child::linger, "lingering").start();
            }
            return beans -> {};
        }

        private static void linger() {
            System.out.println("lingering");
            try {
                Thread.sleep(BOUNDED.toMillis() * 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
