package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.PlainApp;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundWorkTest {

    @TempDir
    Path ledger;

    private void start(Class<?> work, String... arguments) {
        new TestApplications(ledger)
                .run(new Class<?>[] {PlainApp.class, work}, "basic", arguments)
                .close();
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("The gate does not hold"))
                .toList();
    }

    @Test
    void isWarnedOfOnceWhileMigrationsRun(CapturedOutput output) {
        start(TwoTasks.class);
        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("WARN", "2 scheduled tasks", "TwoTasks.first", "migrate.start=web");
        start(TwoTasks.class); // nothing is pending any more
        assertThat(warnings(output)).hasSize(1);
    }

    @Test
    void namesListenerContainersAndNoRegistryWithoutOne(CapturedOutput output) {
        start(Listeners.class);
        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("2 listener containers (container, full)", "migrate.start=web");
    }

    @Test
    void namesASchedulerThatTheApplicationUsesItself(CapturedOutput output) {
        start(OwnScheduler.class);
        assertThat(warnings(output)).singleElement().asString().contains("those of mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--migrate.start=web", "--migrate.start=early"})
    void isNoWarningWhereItStartsAfterTheMigrations(String start, CapturedOutput output) {
        start(TwoTasks.class, start);
        assertThat(warnings(output)).isEmpty();
    }

    @Test
    void isNoWarningWithoutIt(CapturedOutput output) {
        start(Nothing.class);
        assertThat(warnings(output)).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class TwoTasks {

        @Scheduled(fixedDelay = 100_000)
        void first() {}

        @Scheduled(cron = "0 0 0 1 1 *")
        void second() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        @Bean
        SmartLifecycle container() {
            return new TestMessageListenerContainer(Integer.MAX_VALUE);
        }

        @Bean
        SmartLifecycle full() {
            return new TestListenerEndpointRegistry(List.of("container"));
        }

        @Bean
        SmartLifecycle empty() {
            return new TestListenerEndpointRegistry(List.of());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScheduler {

        @Bean
        ThreadPoolTaskScheduler mine() {
            return new ThreadPoolTaskScheduler();
        }

        @Bean
        SmartInitializingSingleton user(ThreadPoolTaskScheduler mine) {
            return () -> mine.schedule(() -> {}, Instant.now().plus(1, ChronoUnit.HOURS));
        }
    }

    /** Is named as the registries of Kafka, Rabbit, JMS and SQS are. */
    static final class TestListenerEndpointRegistry extends TestMessageListener {

        private final Collection<String> containers;

        TestListenerEndpointRegistry(Collection<String> containers) {
            this.containers = containers;
        }

        public Collection<String> getListenerContainers() {
            return containers;
        }
    }

    abstract static class TestMessageListener implements SmartLifecycle {

        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
