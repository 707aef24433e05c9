package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.RetryPolicy;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.ledger.WriteResult;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.AppliedMigration;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger as one sees it who stands outside the world: without faults, and at once. */
final class SimLedger {

    private static final ReceiptRepository RECEIPTS = new ReceiptRepository(SimWorld.ENVIRONMENT);

    private SimLedger() {}

    static @Nullable VersionedState snapshot(SimWorld world) {
        VersionedState last = world.lastSeen;
        if (last != null
                && world.objects.readIfChanged("sim/ledger.json", last.version()) instanceof ReadResult.Unchanged) {
            return last;
        }
        world.lastSeen = find(world.objects, SimWorld.ENVIRONMENT).orElse(null);
        return world.lastSeen;
    }

    private static Optional<VersionedState> find(ObjectStore objects, EnvironmentName environment) {
        Step<Optional<VersionedState>> read = register(environment).read(retry());
        return run(objects, read);
    }

    static VersionedState snapshot(ObjectStore objects, EnvironmentName environment) {
        return find(objects, environment).orElseThrow();
    }

    static void write(ObjectStore objects, EnvironmentName environment, VersionedState seen, LedgerState next) {
        Step<WriteResult> write = register(environment).commit(seen, next, retry());
        WriteResult unused = run(objects, write);
    }

    static @Nullable LedgerState state(SimWorld world) {
        VersionedState snapshot = snapshot(world);
        return snapshot == null ? null : snapshot.state();
    }

    static void change(SimWorld world, Function<LedgerState, LedgerState> change) {
        VersionedState seen = snapshot(world);
        if (seen != null) {
            write(world.objects, SimWorld.ENVIRONMENT, seen, change.apply(seen.state()));
        }
    }

    static List<MigrationId> receipts(SimWorld world) {
        return RECEIPTS.list(world.objects);
    }

    static Optional<AppliedMigration> receipt(SimWorld world, MigrationId id) {
        return RECEIPTS.find(world.objects, id);
    }

    /** As an operator does: an empty object. */
    static void putReceipt(SimWorld world, MigrationId id) {
        String unused = world.objects.create("sim/" + id, new byte[0]);
    }

    static void deleteReceipt(SimWorld world, MigrationId id) {
        RECEIPTS.delete(world.objects, id, Integer.MAX_VALUE);
    }

    private static RegisterRepository register(EnvironmentName environment) {
        return new RegisterRepository(environment, () -> UUID.randomUUID().toString(), TimeSource.SYSTEM);
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
        while (next instanceof Step.StoreCall<R> call) {
            next = call.operation().apply(objects);
        }
        return ((Step.Done<R>) next).result();
    }
}
