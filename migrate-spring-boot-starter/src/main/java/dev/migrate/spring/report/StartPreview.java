package dev.migrate.spring.report;

import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.StartupContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application of this build may serve, by the same decisions that a start takes.
 *
 * @param pending what is to run first
 * @param halted the verdict that this build does not get past, or null
 * @param running what somebody runs, or null
 * @since 0.1
 */
public record StartPreview(
        List<PlannedMigration> pending, @Nullable BlockingVerdict halted, @Nullable RunningMigration running) {

    /**
     * Holds the build against the ledger.
     *
     * @param place the build, and where it is
     * @param state what the ledger says
     * @return whether it may serve
     * @throws dev.migrate.MigrationDefinitionException if the migrations cannot be run as they are declared
     */
    public static StartPreview of(StartupContext place, LedgerState state) {
        List<PlannedMigration> pending = PlannedMigration.of(place.migrations(), state, place.settings()).stream()
                .filter(planned -> planned.action() != PlannedMigration.PlannedAction.SKIP)
                .toList();
        RunningMigration running = state.running();
        if (running != null && (!pending.isEmpty() || running.attempt().isRevert())) {
            return new StartPreview(pending, null, running);
        }
        BlockingVerdict stands = state.halted();
        Optional<BlockingVerdict> partialRevert = Stream.concat(
                        Stream.ofNullable(stands),
                        place.migrations().stream().flatMap(migration -> state.verdict(migration.id()).stream()))
                .filter(halted -> halted.attempt().isRevert())
                .findFirst();
        if (partialRevert.isPresent()) {
            return new StartPreview(pending, partialRevert.get(), null);
        }
        Optional<MigrationId> blocked = pending.stream()
                .filter(planned -> planned.action() == PlannedMigration.PlannedAction.BLOCKED)
                .map(planned -> planned.migration().id())
                .findFirst();
        return new StartPreview(
                pending, blocked.map(id -> state.verdict(id).orElse(stands)).orElse(null), null);
    }

    /**
     * Whether nothing is in the way.
     *
     * @return whether it may serve
     */
    public boolean isOpen() {
        return pending.isEmpty() && halted == null && running == null;
    }

    /**
     * What it means as an exit code.
     *
     * @return one of {@link ExitCode}
     */
    public int exitCode() {
        if (isOpen()) {
            return ExitCode.DONE;
        }
        return halted == null ? ExitCode.PENDING : ExitCode.BLOCKED;
    }
}
