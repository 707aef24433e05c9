package dev.migrate.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DisplayFormatsTest {

    @Test
    void tellsDurationsInWords() {
        assertThat(DisplayFormats.duration(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(DisplayFormats.duration(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(DisplayFormats.duration(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(DisplayFormats.duration(Duration.ofMillis(59_960))).isEqualTo("1 min 0 s");
        assertThat(DisplayFormats.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(DisplayFormats.duration(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
        assertThat(DisplayFormats.duration(null)).isEmpty();
    }

    @Test
    void tellsHowLongAgo() {
        Instant now = Instant.parse("2026-11-20T12:00:00.5Z");
        assertThat(DisplayFormats.when(now.minusSeconds(3), now)).isEqualTo("2026-11-20T11:59:57Z, 3 s ago");
        assertThat(DisplayFormats.when(now.minusSeconds(200), now)).isEqualTo("2026-11-20T11:56:40Z, 3 min ago");
        assertThat(DisplayFormats.when(now.minusSeconds(90_000), now)).isEqualTo("2026-11-19T11:00:00Z, 25 h ago");
        assertThat(DisplayFormats.when(now.minusSeconds(900_000), now)).endsWith("10 days ago");
        assertThat(DisplayFormats.when(now.plusSeconds(3), now))
                .as("by another clock")
                .isEqualTo("2026-11-20T12:00:03Z");
        assertThat(DisplayFormats.when(null, now)).isEmpty();
    }

    @Test
    void shortensWhatIsTooLong() {
        assertThat(DisplayFormats.brief("sha256:0123456789abcdef0123456789abcdef"))
                .isEqualTo("sha256:0123456789abcde..");
        assertThat(DisplayFormats.brief("blue")).isEqualTo("blue");
    }

    @Test
    void tellsHowLongSomethingLastsAsAPersonWould() {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(DisplayFormats.lasting(now.minusSeconds(59), now)).isEqualTo("less than a minute");
        assertThat(DisplayFormats.lasting(now.plusSeconds(3), now))
                .as("by another clock")
                .isEqualTo("less than a minute");
        assertThat(DisplayFormats.lasting(now.minusSeconds(60), now)).isEqualTo("1 minute");
        assertThat(DisplayFormats.lasting(now.minusSeconds(200), now)).isEqualTo("3 minutes");
        assertThat(DisplayFormats.lasting(now.minusSeconds(3600), now)).isEqualTo("1 hour");
        assertThat(DisplayFormats.lasting(now.minusSeconds(90_000), now)).isEqualTo("25 hours");
        assertThat(DisplayFormats.lasting(now.minusSeconds(900_000), now)).isEqualTo("10 days");
    }
}
