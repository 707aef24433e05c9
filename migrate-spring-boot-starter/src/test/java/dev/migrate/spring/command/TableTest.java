package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.spring.command.Table.Cell;
import dev.migrate.spring.command.Table.Style;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table("ID", "STATE", "EMPTY", "TOOK", "NOTE")
            .line(Cell.of("0001"), Cell.of("applied", Style.GOOD), Cell.of(""), Cell.right("12.3 s"), Cell.of(null))
            .line(Cell.of("00021"), Cell.of("FAILED", Style.BAD), Cell.of(""), Cell.right("4 ms"), Cell.of("wet"));

    @Test
    void alignsItsColumnsAndLeavesOutWhatIsEmpty() {
        assertThat(table.text(false))
                .isEqualTo(
                        """
                        ID     STATE      TOOK  NOTE
                        0001   applied  12.3 s
                        00021  FAILED     4 ms  wet
                        """);
    }

    @Test
    void alignsThemInColourToo() {
        String coloured = table.text(true);
        assertThat(coloured).contains("\u001b[32mapplied\u001b[0m", "\u001b[1;31mFAILED\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(table.text(false));
    }

    @Test
    void letsNothingOutOfItsCell() {
        String text = new Table("NOTE")
                .line(Cell.of("two\nlines\u001b[2J and a\ttab"))
                .text(false);
        assertThat(text).isEqualTo("NOTE\ntwo lines?[2J and a tab\n");
    }

    @Test
    void refusesALineOfAnotherLength() {
        assertThatThrownBy(() -> new Table("ID").line()).isInstanceOf(IllegalArgumentException.class);
    }

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
}
