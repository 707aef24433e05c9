package dev.migrate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(30)
class AsyncListenerTest {

    private static final RunnerSettings SETTINGS =
            RunnerSettings.of(new EnvironmentName("odin-dev"), null, new Owner("here", 1, null));

    private final List<String> told = new CopyOnWriteArrayList<>();

    private static MigrationEvent event(int number) {
        return new MigrationEvent.Notice(Integer.toString(number), false);
    }

    private static MigrationListener listener(AsyncListener aside) {
        return Objects.requireNonNull(aside.listenerFor(SETTINGS));
    }

    private void note(MigrationEvent event) {
        told.add(((MigrationEvent.Notice) event).message());
    }

    @Test
    void whoeverTakesLongHoldsUpNothingAndIsToldInOrder() throws InterruptedException {
        var held = new CountDownLatch(1);
        var aside = new AsyncListener(
                "aside",
                settings -> MigrationListener.of(event -> {
                    await(held);
                    note(event);
                }),
                Duration.ofSeconds(20));
        MigrationListener listener = listener(aside);
        IntStream.range(0, 100).forEach(i -> listener.on(event(i)));
        assertThat(told).isEmpty();
        held.countDown();
        aside.close();
        assertThat(told)
                .isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoFailsIsToldWhatComesNext(CapturedOutput output) {
        var aside = new AsyncListener(
                "aside",
                settings -> MigrationListener.of(event -> {
                    note(event);
                    throw new AssertionError("broken");
                }),
                Duration.ofSeconds(20));
        MigrationListener listener = listener(aside);
        listener.on(event(1));
        listener.on(event(2));
        aside.close();
        assertThat(told).containsExactly("1", "2");
        assertThat(output)
                .containsSubsequence("aside failed to handle", "broken", "aside failed to handle", "broken")
                .doesNotContain("Exception in thread");
        listener.on(event(3)); // too late, and harmless
        assertThat(told).hasSize(2);
    }

    @Test
    void theEndOfTheProcessWaitsForNobodyForEver() {
        var never = new CountDownLatch(1);
        var aside = new AsyncListener(
                "aside", settings -> MigrationListener.of(event -> await(never)), Duration.ofMillis(100));
        MigrationListener listener = listener(aside);
        IntStream.range(0, 2_000).forEach(i -> listener.on(event(i))); // more than may wait
        long begun = System.nanoTime();
        aside.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whereNobodyIsToBeToldNothingIsMade() {
        var aside = new AsyncListener("aside", settings -> null, Duration.ofSeconds(1));
        assertThat(aside.listenerFor(SETTINGS)).isNull();
        aside.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
