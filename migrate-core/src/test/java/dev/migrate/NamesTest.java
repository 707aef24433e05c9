package dev.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void sequence_numbers_are_compared_as_numbers() {
        List<String> sorted = Stream.of("0010", "0009", "10000", "0002")
                .map(MigrationId::of)
                .sorted()
                .map(MigrationId::toString)
                .toList();
        assertThat(sorted).containsExactly("0002", "0009", "0010", "10000");
        assertThat(MigrationId.of("0003"))
                .isEqualTo(MigrationId.of("00003"))
                .hasSameHashCodeAs(MigrationId.of("00003"));
        assertThat(MigrationId.of("999999999999999999").number()).isEqualTo(999_999_999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "003",
                "0003a",
                "-003",
                "+0003",
                "0x03",
                " 0003",
                "0003\n",
                "٠٠٠٣",
                "1234567890123456789"
            })
    void other_forms_are_malformed(String text) {
        assertThat(MigrationId.parse(text)).isEmpty();
        assertThatThrownBy(() -> MigrationId.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("4 to 18 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"odin-dev", "a", "9", "A.b_c-d"})
    void an_environment_has_a_plain_name(String name) {
        assertThat(new EnvironmentName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", "-a", "a b", "a\n", "é", "*"})
    void any_other_name_is_refused(String name) {
        assertThatThrownBy(() -> new EnvironmentName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
        assertThatThrownBy(() -> new EnvironmentName("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_trailing_star_matches_any_ending() {
        EnvironmentName name = new EnvironmentName("odin-dev");
        assertThat(List.of("odin-dev", "odin-*", "*")).allMatch(name::matches);
        assertThat(List.of("odin", "odin-d", "*-dev", "odin-*v", "ODIN-DEV", ""))
                .noneMatch(name::matches);
    }

    @Test
    void a_resumable_action_can_be_run_alone() throws Exception {
        StringBuilder seen = new StringBuilder();
        ResumableAction action = context -> {
            seen.append(context.lastCheckpoint().orElse("from the beginning"));
            context.saveCheckpoint("kept nowhere");
            context.reportProgress(1, 2);
            seen.append(context.lastCheckpoint().isPresent()).append(context.isCancelled());
        };
        action.migrate();
        assertThat(seen).hasToString("from the beginningfalsefalse");
    }
}
