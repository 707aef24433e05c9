package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Some hundred histories, always the same: for whoever takes rules out one at a time and wants a quick answer. */
class SmallSimulationTest {

    @Test
    void no_history_of_the_first_300_breaks_a_promise() {
        assertThat(MutantSearch.search(any -> true, 1, 300, 1)).isNull();
    }
}
