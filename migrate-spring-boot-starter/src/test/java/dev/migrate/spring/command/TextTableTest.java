package dev.migrate.spring.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.spring.command.TextTable.Cell;
import dev.migrate.spring.command.TextTable.Style;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private final TextTable table = new TextTable("ID", "STATE", "EMPTY", "TOOK", "NOTE")
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
        String text = new TextTable("NOTE")
                .line(Cell.of("two\nlines\u001b[2J and a\ttab"))
                .text(false);
        assertThat(text).isEqualTo("NOTE\ntwo lines\\u001b[2J and a tab\n");
    }

    @Test
    void refusesALineOfAnotherLength() {
        assertThatThrownBy(() -> new TextTable("ID").line()).isInstanceOf(IllegalArgumentException.class);
    }
}
