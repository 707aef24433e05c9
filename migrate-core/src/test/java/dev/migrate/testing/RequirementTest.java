package dev.migrate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementTest {

    @Test
    void the_variable_lists_what_must_not_be_missing() {
        assertThat(Requirement.mandatory("docker, promtool", Requirement.PROMTOOL))
                .isTrue();
        assertThat(Requirement.mandatory("docker, promtool", Requirement.DOCKER))
                .isTrue();
        assertThat(Requirement.mandatory("docker, promtool", Requirement.CHROMIUM))
                .isFalse();
        assertThat(Requirement.mandatory("", Requirement.PROMTOOL)).isFalse();
        assertThat(Requirement.mandatory(null, Requirement.PROMTOOL)).isFalse();
    }

    @Test
    void a_word_that_is_no_requirement_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requirement.mandatory("promtol", Requirement.PROMTOOL))
                .withMessage("MIGRATE_CI_REQUIRE lists 'promtol', which is none of docker, promtool, chromium,"
                        + " unprivileged. Correct the variable.");
    }

    @Test
    void a_missing_requirement_skips_the_test_or_fails_it() {
        assertThatCode(() -> Requirement.PROMTOOL.check(true, "it is there")).doesNotThrowAnyException();
        Class<? extends Throwable> expected =
                Requirement.PROMTOOL.isMandatory() ? AssertionFailedError.class : TestAbortedException.class;
        assertThatThrownBy(() -> Requirement.PROMTOOL.check(false, "it is nowhere"))
                .isInstanceOf(expected)
                .hasMessageContaining("it is nowhere");
    }
}
