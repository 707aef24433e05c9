package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes each rule out: the checkers must then name the promise as broken which the rule protects. That a step fails with an
 * exception is no finding.
 */
class MutantsTest {

    private static final long SEEDS = Long.getLong("mutant.seeds", 20_000);
    private static final List<String> ROWS = new ArrayList<>();

    static Stream<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    @EnabledIfSystemProperty(named = "proof", matches = "full", disabledReason = "it takes minutes: -Pproof")
    void is_found_out(Mutant mutant) throws Exception {
        Mutant.Findings found = mutant.findings(SEEDS);
        ROWS.add("| " + mutant.rule() + " | " + ProtocolPage.finding(found.simulation()) + " | "
                + ProtocolPage.finding(found.exploration()) + " |");
        if (mutant.simulated()) {
            assertThat(found.simulation())
                    .as("simulation without '%s'", mutant.rule())
                    .isNotNull();
        }
        if (mutant.explored() != null) {
            assertThat(found.exploration())
                    .as("exploration without '%s'", mutant.rule())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Promise.class)
    void every_checker_is_shown_to_judge(Promise promise) {
        assertThat(ProtocolPage.simulated(promise)).as("simulation").isNotEmpty();
        assertThat(ProtocolPage.explored(promise).isEmpty())
                .as("exploration")
                .isEqualTo(ProtocolPage.NOT_EXPLORED.containsKey(promise));
        assertThat(ProtocolPage.doctored(promise).isEmpty())
                .as("rounds")
                .isEqualTo(ProtocolPage.NOT_IN_ROUNDS.containsKey(promise));
    }

    /** Each rule is still in the sources as the code that its mutant removes. */
    @ParameterizedTest
    @MethodSource("mutants")
    void matches_the_sources(Mutant mutant) throws IOException {
        for (Mutant.Edit edit : mutant.edits()) {
            assertThat(edit.applied(mutant.rule())).isNotEmpty();
        }
    }

    @Test
    void the_page_names_every_promise_and_every_rule() throws IOException {
        if (!Boolean.getBoolean("protocol.write")) {
            assertThat(ProtocolPage.section("promises")).isEqualTo(ProtocolPage.promises());
            String rules = ProtocolPage.section("mutants");
            assertThat(mutants()).allSatisfy(mutant -> assertThat(rules).contains("| " + mutant.rule() + " |"));
        }
    }

    /** {@code -Pproof -Dprotocol.write=true} writes both tables anew; without the profile, that of the promises. */
    @AfterAll
    static void document() throws IOException {
        if (Boolean.getBoolean("protocol.write")) {
            ProtocolPage.write("promises", ProtocolPage.promises());
            if (!ROWS.isEmpty()) {
                ProtocolPage.write("mutants", ProtocolPage.rules(ROWS));
            }
        }
    }
}
