package dev.migrate.internal.reporting;

import static dev.migrate.internal.protocol.ScriptedMigration.plain;
import static dev.migrate.internal.protocol.ScriptedMigration.rerunnable;
import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static dev.migrate.internal.protocol.ScriptedProcess.NOW;
import static dev.migrate.internal.protocol.ScriptedProcess.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person reads who has to do something. */
class BlockedStartDescriberTest {

    private static BlockedStart block(
            Outcome verdict,
            @Nullable String error,
            @Nullable String ran,
            @Nullable String here,
            @Nullable MigrationDefinition migration) {
        BlockingVerdict halted = new BlockingVerdict(attempt("0001", 3, "t", ran), verdict, error, NOW, null);
        RunnerSettings settings = RunnerSettings.of(DEV, here, new Owner("here", 1, null));
        return BlockedStartDescriber.of(halted, settings, Optional.ofNullable(migration));
    }

    @Test
    void a_failure_names_the_migration_the_owner_and_the_error() {
        assertThat(block(Outcome.FAILED, "boom", "d1", "d1", plain("0001")).description())
                .isEqualTo("Migration 0001 M0001 of environment odin-dev failed (attempt 3, deployment d1, owner there,"
                        + " process 2): boom.");
        assertThat(block(Outcome.FAILED, null, null, "d1", plain("0001")).description())
                .isEqualTo("Migration 0001 M0001 of environment odin-dev failed (attempt 3, deployment unknown, owner"
                        + " there, process 2).");
    }

    @Test
    void an_interruption_says_that_the_progress_is_unknown() {
        assertThat(block(Outcome.INTERRUPTED, "lost", "d1", "d1", plain("0001")).description())
                .isEqualTo("Migration 0001 M0001 of environment odin-dev was interrupted (attempt 3, deployment d1,"
                        + " owner there, process 2): lost. How much of it ran is unknown.");
    }

    @Test
    void the_action_after_a_failure_is_another_deployment() {
        assertThat(block(Outcome.FAILED, "boom", "d1", "d1", plain("0001")).action())
                .startsWith("Deploy the fix: a new deployment")
                .contains("other than d1, retries the migration. A restart of this deployment does not.")
                .contains("MIGRATE_COMMAND='resolve 0001'");
        assertThat(block(Outcome.FAILED, "boom", "d1", "d1", null).action())
                .contains("other than d1, retries the migration");
    }

    @Test
    void the_action_where_no_deployment_is_known_is_any_later_start() {
        for (String[] known : new String[][] {{"d1", null}, {null, "d1"}, {null, null}}) {
            assertThat(block(Outcome.FAILED, "boom", known[0], known[1], plain("0001"))
                            .action())
                    .contains("Any later start retries the migration")
                    .contains("migrate.deployment");
        }
    }

    @Test
    void the_action_after_the_failure_of_a_restartable_migration_is_a_restart() {
        assertThat(block(Outcome.FAILED, "boom", "d1", "d1", rerunnable("0001")).action())
                .contains("safe to run again")
                .contains("any later start retries it", "restart the application");
    }

    @Test
    void the_action_after_an_interruption_is_to_find_out() {
        assertThat(block(Outcome.INTERRUPTED, "lost", "d1", "d2", plain("0001")).action())
                .startsWith("First make sure that the old process is gone. If the migration had finished:")
                .contains("MIGRATE_COMMAND='resolve 0001'")
                .contains("MIGRATE_COMMAND='retry 0001'");
    }
}
