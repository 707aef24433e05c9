package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.fixtures.PlainApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A timeout of JUnit interrupts the thread of the test, which ends a start that a failed migration blocks for ever. */
@ExtendWith(OutputCaptureExtension.class)
class BlockedStartInTestTest {

    @ParameterizedTest
    @ValueSource(strings = {"runner", "early", "web"})
    void an_interrupt_ends_it(String start, CapturedOutput output) throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread test = new Thread(() -> {
            try {
                SpringApplication application = new SpringApplication(PlainApp.class);
                application.setWebApplicationType(WebApplicationType.NONE);
                application
                        .run(
                                "--migrate.start=" + start,
                                "--migrate.environment=odin-dev",
                                "--migrate.ledger=memory:",
                                "--migrate.packages-only=dev.migrate.spring.fixtures.failing")
                        .close();
                ended.completeExceptionally(new AssertionError("the start was not blocked"));
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        test.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!output.getAll().contains("Startup is blocked")) {
            assertThat(System.nanoTime()).as("it was never blocked").isLessThan(deadline);
            assertThat(ended).isNotDone();
            Thread.sleep(20);
        }
        test.interrupt();
        assertThat(ended).succeedsWithin(30, TimeUnit.SECONDS);
    }
}
