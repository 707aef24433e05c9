package dev.migrate.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void tellsDurationsInWords() {
        assertThat(Words.duration(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(Words.duration(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(Words.duration(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(Words.duration(Duration.ofMillis(59_960))).isEqualTo("1 min 0 s");
        assertThat(Words.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Words.duration(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
        assertThat(Words.duration(null)).isEmpty();
    }

    @Test
    void tellsHowLongAgo() {
        Instant now = Instant.parse("2026-11-20T12:00:00.5Z");
        assertThat(Words.when(now.minusSeconds(3), now)).isEqualTo("2026-11-20T11:59:57Z, 3 s ago");
        assertThat(Words.when(now.minusSeconds(200), now)).isEqualTo("2026-11-20T11:56:40Z, 3 min ago");
        assertThat(Words.when(now.minusSeconds(90_000), now)).isEqualTo("2026-11-19T11:00:00Z, 25 h ago");
        assertThat(Words.when(now.minusSeconds(900_000), now)).endsWith("10 days ago");
        assertThat(Words.when(now.plusSeconds(3), now)).as("by another clock").isEqualTo("2026-11-20T12:00:03Z");
        assertThat(Words.when(null, now)).isEmpty();
    }

    @Test
    void shortensWhatIsTooLong() {
        assertThat(Words.brief("sha256:0123456789abcdef0123456789abcdef")).isEqualTo("sha256:0123456789abcde..");
        assertThat(Words.brief("blue")).isEqualTo("blue");
    }

    @Test
    void tellsHowLongSomethingLastsAsAPersonWould() {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(Words.lasting(now.minusSeconds(59), now)).isEqualTo("less than a minute");
        assertThat(Words.lasting(now.plusSeconds(3), now))
                .as("by another clock")
                .isEqualTo("less than a minute");
        assertThat(Words.lasting(now.minusSeconds(60), now)).isEqualTo("1 minute");
        assertThat(Words.lasting(now.minusSeconds(200), now)).isEqualTo("3 minutes");
        assertThat(Words.lasting(now.minusSeconds(3600), now)).isEqualTo("1 hour");
        assertThat(Words.lasting(now.minusSeconds(90_000), now)).isEqualTo("25 hours");
        assertThat(Words.lasting(now.minusSeconds(900_000), now)).isEqualTo("10 days");
    }
}
