package dev.migrate.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PrintableTest {

    private static final String FORGED = "row\r\n2026-01-01 INFO forged\u001b[2J";

    @Test
    void what_would_forge_a_line_or_move_a_cursor_is_escaped() {
        assertThat(ForeignText.printable(FORGED)).isEqualTo("row\\r\\n2026-01-01 INFO forged\\u001b[2J");
        assertThat(ForeignText.printable("a\u0000b\u0007c\bd\u009b2Je\u007f"))
                .isEqualTo("a\\u0000b\\u0007c\\u0008d\\u009b2Je\\u007f");
        assertThat(ForeignText.printable("a\u2028b\u2029c\u0085d")).isEqualTo("a\\u2028b\\u2029c\\u0085d");
    }

    @Test
    void what_turns_the_writing_round_or_has_no_width_is_escaped() {
        for (char c :
                "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u00ad\u3164"
                        .toCharArray()) {
            assertThat(ForeignText.printable("a" + c + "b")).isEqualTo(String.format("a\\u%04xb", (int) c));
        }
    }

    @Test
    void halves_of_pairs_are_escaped_and_whole_pairs_are_not() {
        assertThat(ForeignText.printable("a\ud83db")).isEqualTo("a\\ud83db");
        assertThat(ForeignText.printable("a\ude00")).isEqualTo("a\\ude00");
        assertThat(ForeignText.printable("a😀b Ærø 日本")).isEqualTo("a😀b Ærø 日本");
        assertThat(ForeignText.printable("\udb40\udc41")).as("a tag").isEqualTo("\\udb40\\udc41");
    }

    @Test
    void a_second_time_changes_nothing_and_lines_stay_where_they_are_wanted() {
        String once = ForeignText.printable(FORGED);
        assertThat(ForeignText.printable(once)).isEqualTo(once);
        assertThat(ForeignText.printableLines("one\n\u001b[2Jtwo\n")).isEqualTo("one\n\\u001b[2Jtwo\n");
        assertThat(ForeignText.printableOrNull(null)).isNull();
        assertThat(ForeignText.safeOrNull(null)).isNull();
    }

    @Test
    void an_address_is_shown_without_possible_secrets() {
        assertThat(ForeignText.place(URI.create("https://u:S3CR3T@h:8443/S3CR3T?token=S3CR3T")))
                .isEqualTo("https://h:8443");
        assertThat(ForeignText.place(URI.create("http://h"))).isEqualTo("http://h");
        assertThat(ForeignText.place(URI.create("mailto:S3CR3T"))).doesNotContain("S3CR3T");
    }

    @Test
    void a_stack_trace_forges_no_line_either() {
        IllegalStateException hostile = new IllegalStateException("wrapped", new IOException(FORGED));
        hostile.addSuppressed(new IOException(FORGED));
        hostile.getCause().addSuppressed(hostile);
        StringWriter printed = new StringWriter();
        ForeignText.printable(hostile).printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString().lines())
                .noneMatch(line -> line.startsWith("2026-01-01"))
                .anyMatch(line -> line.startsWith("Caused by: ")
                        && line.contains("java.io.IOException: row\\r\\n2026-01-01 INFO forged\\u001b[2J"))
                .anyMatch(line -> line.contains("PrintableTest.a_stack_trace_forges_no_line_either"));
        assertThat(printed.toString()).doesNotContain("\u001b");

        Exception circle = new RuntimeException("a\r");
        circle.initCause(new RuntimeException("b", circle));
        assertThat(ForeignText.printable(circle).getCause().getCause()).isNull();
        Exception harmless = new IllegalStateException("a", new IOException("b"));
        assertThat(ForeignText.printable(harmless)).isSameAs(harmless);
    }
}
