package dev.migrate.spring.report;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Running;
import dev.migrate.run.Planned;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.Workplace;
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
public record Readiness(List<Planned> pending, @Nullable Halted halted, @Nullable Running running) {

    /**
     * Holds the build against the ledger.
     *
     * @param place the build, and where it is
     * @param state what the ledger says
     * @return whether it may serve
     * @throws dev.migrate.MigrationDefinitionException if the migrations cannot be run as they are declared
     */
    public static Readiness of(Workplace place, LedgerState state) {
        List<Planned> pending = Planned.of(place.migrations(), state, place.settings()).stream()
                .filter(planned -> planned.what() != Planned.What.SKIP)
                .toList();
        Running running = state.running();
        if (running != null && (!pending.isEmpty() || running.attempt().reverts())) {
            return new Readiness(pending, null, running);
        }
        Halted stands = state.halted();
        Optional<Halted> undoneInPart = Stream.concat(
                        Stream.ofNullable(stands),
                        place.migrations().stream().flatMap(migration -> state.verdict(migration.id()).stream()))
                .filter(halted -> halted.attempt().reverts())
                .findFirst();
        if (undoneInPart.isPresent()) {
            return new Readiness(pending, undoneInPart.get(), null);
        }
        Optional<MigrationId> blocked = pending.stream()
                .filter(planned -> planned.what() == Planned.What.BLOCKED)
                .map(planned -> planned.migration().id())
                .findFirst();
        return new Readiness(
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
