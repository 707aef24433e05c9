package dev.migrate.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorSummaryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login failed: password=S3CR3T!x, user=bob",
                "{\"dbPassword\": \"S3CR3T!x\"}",
                "aws_secret_access_key = S3CR3T!x",
                "Authorization: Bearer S3CR3T!x",
                "apiKey='S3CR3T!x'",
                "api-key: S3CR3T!x",
                "X-Amz-Security-Token=S3CR3T!x&X-Amz-Date=1",
                "jdbc:postgresql://bob:S3CR3T!x@db:5432/cars",
                "https://S3CR3T!x@example.org/x",
                "credential: S3CR3T!x"
            })
    void what_looks_like_a_secret_is_masked(String message) {
        String text = ErrorSummary.of(new IllegalStateException(message), true);
        assertThat(text)
                .startsWith("java.lang.IllegalStateException: ")
                .contains("***")
                .doesNotContain("S3CR3T");
    }

    @Test
    void an_ordinary_message_stays_as_it_is() {
        assertThat(ErrorSummary.of(new IllegalStateException("row 17: colour is missing, see cars@example.org"), true))
                .isEqualTo("java.lang.IllegalStateException: row 17: colour is missing, see cars@example.org");
        assertThat(ErrorSummary.of(new IllegalStateException(), true)).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void a_long_message_is_cut_quickly_and_its_class_alone_can_be_kept() {
        assertThat(ErrorSummary.of(new IllegalStateException("row ".repeat(1_000_000)), true))
                .hasSize(1000)
                .endsWith("…");
        assertThat(ErrorSummary.of(new IllegalStateException("password=".repeat(1_000_000)), true))
                .hasSizeLessThanOrEqualTo(1000);
        assertThat(ErrorSummary.of(new IllegalStateException("private"), false))
                .isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void it_is_one_printable_line() {
        assertThat(ErrorSummary.of(new IllegalStateException("row\r\n2026-01-01 INFO forged\u001b[2J"), true))
                .isEqualTo("java.lang.IllegalStateException: row\\r\\n2026-01-01 INFO forged\\u001b[2J");
    }

    @Test
    void a_circular_cause_chain_ends_and_lists_each_cause_once() {
        Exception circle = new RuntimeException("a");
        circle.initCause(new RuntimeException("b", new RuntimeException("c", circle)));
        assertThat(ErrorSummary.of(circle, true))
                .isEqualTo("java.lang.RuntimeException: a; caused by java.lang.RuntimeException: b; caused by"
                        + " java.lang.RuntimeException: c");
    }

    @Test
    void an_exception_whose_getMessage_throws_is_summarized() {
        Exception broken = new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new IllegalArgumentException();
            }
        };
        assertThat(ErrorSummary.of(broken, true)).endsWith(": its message is not available");
    }

    @Test
    void a_text_of_a_thousand_characters_is_whole_and_one_more_is_cut() {
        int room = 1000 - "java.lang.IllegalStateException: ".length();
        assertThat(ErrorSummary.of(new IllegalStateException("x".repeat(room)), true))
                .hasSize(1000)
                .endsWith("x");
        assertThat(ErrorSummary.of(new IllegalStateException("x".repeat(room + 1)), true))
                .hasSize(1000)
                .endsWith("x…");
    }

    @Test
    void the_summary_includes_the_causes_and_repeats_no_text() {
        IllegalStateException root = new IllegalStateException("no such car, password=S3CR3T");
        Exception wrapped = new RuntimeException("wrapped", new java.io.IOException("in between", root));
        assertThat(ErrorSummary.of(wrapped, true))
                .isEqualTo("java.lang.RuntimeException: wrapped; caused by java.io.IOException: in between; caused by"
                        + " java.lang.IllegalStateException: no such car, password=***");
        assertThat(ErrorSummary.of(wrapped, false)).isEqualTo("java.lang.RuntimeException");
        assertThat(ErrorSummary.of(new RuntimeException(root), true)).containsOnlyOnce("no such car");
        Exception circle = new RuntimeException("a");
        circle.initCause(new RuntimeException("b", circle));
        assertThat(ErrorSummary.of(circle, true)).startsWith("java.lang.RuntimeException: a");
    }
}
