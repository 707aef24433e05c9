package dev.migrate.internal.reporting;

import static dev.migrate.internal.protocol.ScriptedProcess.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.RunningMigration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorInstructionsTest {

    private static final RunnerSettings SETTINGS = RunnerSettings.of(DEV, "d1", new Owner("here", 1, null));

    private static Attempt attempt(boolean reverts) {
        return new Attempt(MigrationId.of("0003"), "Prices", 2, "t", null, "d1", null, reverts, Map.of());
    }

    @Test
    void a_revert_that_ended_halfway_is_finished_or_restored_by_hand() {
        for (Outcome outcome : Outcome.values()) {
            BlockingVerdict halted = new BlockingVerdict(attempt(true), outcome, null, null, null);
            assertThat(OperatorInstructions.of(halted, SETTINGS, List.of()))
                    .isEqualTo("First make sure that the old process is gone. If the revert is complete: run with"
                            + " MIGRATE_MODE=once MIGRATE_COMMAND='resolve 0003' MIGRATE_CONFIRM=odin-dev. If not, restore"
                            + " what it had changed and: run with MIGRATE_MODE=once MIGRATE_COMMAND='retry 0003'"
                            + " MIGRATE_CONFIRM=odin-dev; the migration then counts as applied.");
        }
    }

    @Test
    void whether_a_restart_is_enough_is_left_open_if_the_migration_is_unknown() {
        BlockingVerdict halted = new BlockingVerdict(attempt(false), Outcome.FAILED, null, null, null);
        assertThat(OperatorInstructions.of(halted, SETTINGS, Optional.empty()))
                .contains("A restart of this deployment does not, unless the migration is safe to run again.");
    }

    @Test
    void a_migration_that_runs_elsewhere_is_waited_for_or_taken_over_after_its_lease() {
        RunningMigration running = new RunningMigration(attempt(false), Duration.ofSeconds(60), 1, null, null);
        assertThat(OperatorInstructions.of(running))
                .isEqualTo(
                        "Wait until it ends. If its process is gone, run this image with MIGRATE_MODE=once"
                                + " MIGRATE_COMMAND=migrate: after a lease of 60 s that command takes over, or says what to do.");
    }
}
