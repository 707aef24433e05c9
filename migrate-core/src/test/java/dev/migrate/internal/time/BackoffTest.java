package dev.migrate.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Backoff BACKOFF = Backoff.exponential(FIRST, LONGEST);
    private static final RandomGenerator NO_JITTER = () -> 0;

    private static List<Duration> delays(Backoff backoff, int attempts) {
        return IntStream.rangeClosed(1, attempts).mapToObj(backoff::delay).toList();
    }

    @Test
    void the_base_doubles_up_to_the_longest() {
        assertThat(delays(BACKOFF.with(NO_JITTER), 10).stream().map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 15000L, 15000L);
    }

    @Test
    void a_delay_lies_in_the_upper_half_of_its_base() {
        Backoff bases = BACKOFF.with(NO_JITTER);
        for (int seed = 0; seed < 200; seed++) {
            Backoff drawn = BACKOFF.with(new Random(seed));
            for (int attempt = 1; attempt <= 12; attempt++) {
                Duration base = bases.delay(attempt);
                assertThat(drawn.delay(attempt)).isBetween(base.dividedBy(2), base);
            }
        }
    }

    @Test
    void no_delay_is_shorter_than_the_one_before_until_the_longest_is_reached() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(delays(BACKOFF.with(new Random(seed)), 8)).isSorted();
        }
    }

    @Test
    void a_hundred_processes_spread_over_the_whole_half() {
        List<Duration> drawn = Stream.generate(
                        () -> Backoff.fixed(Duration.ofSeconds(2)).delay(1))
                .limit(100)
                .toList();
        for (int bucket = 0; bucket < 4; bucket++) {
            Duration from = Duration.ofMillis(1000 + 250L * bucket);
            assertThat(drawn.stream()
                            .filter(delay -> delay.compareTo(from) >= 0 && delay.compareTo(from.plusMillis(250)) < 0)
                            .count())
                    .as("of 100 delays from %s on", from)
                    .isBetween(5L, 60L);
        }
    }

    @Test
    void a_seed_gives_the_same_delays_again_and_another_seed_gives_others() {
        List<Duration> once = delays(BACKOFF.with(new Random(7)), 20);
        assertThat(delays(BACKOFF.with(new Random(7)), 20)).isEqualTo(once);
        assertThat(delays(BACKOFF.with(new Random(8)), 20)).isNotEqualTo(once);
    }

    @Test
    void a_limit_holds_for_every_attempt_and_may_be_nothing() {
        Backoff limited = BACKOFF.atMost(Duration.ofMillis(150)).with(NO_JITTER);
        assertThat(delays(limited, 3).stream().map(Duration::toMillis)).containsExactly(100L, 150L, 150L);
        assertThat(BACKOFF.atMost(Duration.ZERO).delay(3)).isZero();
        assertThat(BACKOFF.atMost(LONGEST.multipliedBy(2)).with(NO_JITTER).delay(30))
                .isEqualTo(LONGEST);
    }

    @Test
    void an_attempt_of_any_number_has_a_delay() {
        Backoff endless = Backoff.exponential(FIRST, Duration.ofNanos(Long.MAX_VALUE));
        assertThat(endless.with(NO_JITTER).delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void values_out_of_range_are_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.fixed(Duration.ZERO))
                .withMessage("first delay PT0S is not positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BACKOFF.atMost(Duration.ofMillis(-1)))
                .withMessage("longest delay PT-0.001S is negative");
        assertThatIllegalArgumentException().isThrownBy(() -> BACKOFF.delay(0)).withMessage("attempt 0 is less than 1");
    }
}
