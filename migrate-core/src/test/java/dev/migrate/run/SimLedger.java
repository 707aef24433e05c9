package dev.migrate.run;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.RetryPolicy;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.ledger.WriteResult;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.Read;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger as one sees it who stands outside the world: without faults, and at once. */
final class SimLedger {

    private static final Receipts RECEIPTS = new Receipts(SimWorld.ENVIRONMENT);

    private SimLedger() {}

    static @Nullable Snapshot snapshot(SimWorld world) {
        Snapshot last = world.lastSeen;
        if (last != null && world.objects.readIfChanged("sim/ledger.json", last.version()) instanceof Read.Unchanged) {
            return last;
        }
        world.lastSeen = find(world.objects, SimWorld.ENVIRONMENT).orElse(null);
        return world.lastSeen;
    }

    private static Optional<Snapshot> find(ObjectStore objects, EnvironmentName environment) {
        Step<Optional<Snapshot>> read = register(environment).read(retry());
        return run(objects, read);
    }

    static Snapshot snapshot(ObjectStore objects, EnvironmentName environment) {
        return find(objects, environment).orElseThrow();
    }

    static void write(ObjectStore objects, EnvironmentName environment, Snapshot seen, LedgerState next) {
        Step<WriteResult> write = register(environment).commit(seen, next, retry());
        WriteResult unused = run(objects, write);
    }

    static @Nullable LedgerState state(SimWorld world) {
        Snapshot snapshot = snapshot(world);
        return snapshot == null ? null : snapshot.state();
    }

    static void change(SimWorld world, Function<LedgerState, LedgerState> change) {
        Snapshot seen = snapshot(world);
        if (seen != null) {
            write(world.objects, SimWorld.ENVIRONMENT, seen, change.apply(seen.state()));
        }
    }

    static List<MigrationId> receipts(SimWorld world) {
        return RECEIPTS.list(world.objects);
    }

    static Optional<Applied> receipt(SimWorld world, MigrationId id) {
        return RECEIPTS.find(world.objects, id);
    }

    /** As an operator does: an empty object. */
    static void putReceipt(SimWorld world, MigrationId id) {
        String unused = world.objects.create("sim/" + id, new byte[0]);
    }

    static void deleteReceipt(SimWorld world, MigrationId id) {
        RECEIPTS.delete(world.objects, id, Integer.MAX_VALUE);
    }

    private static Register register(EnvironmentName environment) {
        return new Register(environment, () -> UUID.randomUUID().toString(), Ticker.SYSTEM);
    }

    static RetryPolicy retry() {
        return new RetryPolicy(
                (cause, refused) -> {
                    throw new AssertionError(cause);
                },
                () -> false,
                IllegalStateException::new,
                Duration.ZERO,
                () -> 0);
    }

    private static <R> R run(ObjectStore objects, Step<R> step) {
        Step<R> next = step;
        while (next instanceof Step.Call<R> call) {
            next = call.ask().apply(objects);
        }
        return ((Step.End<R>) next).result();
    }
}
