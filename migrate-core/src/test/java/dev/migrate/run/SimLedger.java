package dev.migrate.run;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Commit;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Patience;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.store.Read;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        Step<Optional<Snapshot>> read = register(world).read(patience(), found -> new Step.End<>(found));
        world.lastSeen = run(world, read).orElse(null);
        return world.lastSeen;
    }

    static @Nullable LedgerState state(SimWorld world) {
        Snapshot snapshot = snapshot(world);
        return snapshot == null ? null : snapshot.state();
    }

    static void change(SimWorld world, Function<LedgerState, LedgerState> change) {
        Snapshot seen = snapshot(world);
        if (seen != null) {
            Step<Commit> write = register(world)
                    .commit(seen, change.apply(seen.state()), patience(), commit -> new Step.End<>(commit));
            Commit unused = run(world, write);
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

    private static Register register(SimWorld world) {
        return new Register(SimWorld.ENVIRONMENT, () -> "o" + world.orders++, Ticker.SYSTEM);
    }

    private static <R> Patience<R> patience() {
        return new Patience<>(
                (cause, refused) -> {
                    throw new AssertionError(cause);
                },
                () -> false,
                () -> {
                    throw new AssertionError();
                },
                Duration.ZERO);
    }

    private static <R> R run(SimWorld world, Step<R> step) {
        Step<R> next = step;
        while (next instanceof Step.Call<R> call) {
            next = call.ask().apply(world.objects);
        }
        return ((Step.End<R>) next).result();
    }
}
