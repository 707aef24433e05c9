package dev.migrate.internal.protocol;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;

/** The store as one process reaches it: with every fault that a network and a service can have. */
final class SimStore implements ObjectStore {

    private final SimWorld world;
    private final SimProcess process;
    private long readsFailUntil;
    private long writesFailUntil;

    SimStore(SimWorld world, SimProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public ReadResult read(String key) {
        return asked("GET " + key, () -> world.objects.read(key));
    }

    @Override
    public ReadResult readIfChanged(String key, String knownVersion) {
        return asked("GET? " + key, () -> world.objects.readIfChanged(key, knownVersion));
    }

    @Override
    public String create(String key, byte[] content) {
        return written("CREATE " + key, () -> world.objects.create(key, content));
    }

    @Override
    public String replace(String key, byte[] content, String version) {
        return written("PUT " + key, () -> world.objects.replace(key, content, version));
    }

    @Override
    public void delete(String key, String version) {
        String unused = written("DELETE " + key, () -> {
            world.objects.delete(key, version);
            return "gone";
        });
    }

    @Override
    public List<String> list(String folder, int limit) {
        return asked("LIST " + folder, () -> world.objects.list(folder, limit));
    }

    @Override
    public String describe() {
        return "sim";
    }

    /** A read fails, or comes back. */
    private <A> A asked(String what, Supplier<A> ask) {
        if (world.maybe(0.001)) {
            readsFailUntil = partly("reads", SimWorld.Reached.READS_FAIL);
        }
        if (world.now < readsFailUntil) {
            return fail(what, "500, as every read now", SimWorld.Reached.ERROR_500);
        }
        double draw = world.faults ? world.chance.nextDouble() : 1;
        if (draw < 0.02) {
            return fail(what, "no connection", SimWorld.Reached.NOT_SENT);
        }
        if (draw < 0.03) {
            return unavailable(what);
        }
        if (draw < 0.032) {
            return refuse(what);
        }
        A answer = ask.get();
        if (draw < 0.042) {
            return fail(what, "answer lost", SimWorld.Reached.LOST_RESPONSE);
        }
        sees(what);
        world.tell(process, what + " -> " + (answer instanceof ReadResult.Found ? "found" : String.valueOf(answer)));
        process.answered();
        return answer;
    }

    /** A write fails before it is done, is done and seems to fail, or is done later. */
    private String written(String what, Supplier<String> write) {
        if (world.maybe(0.002)) {
            writesFailUntil = partly("writes", SimWorld.Reached.WRITES_FAIL);
        }
        if (world.now < writesFailUntil) {
            return fail(what, "503, as every write now", SimWorld.Reached.SLOW_DOWN_503);
        }
        double draw = world.faults ? world.chance.nextDouble() : 1;
        if (draw < 0.01) {
            return fail(what, "no connection", SimWorld.Reached.NOT_SENT);
        }
        if (draw < 0.02) {
            return unavailable(what);
        }
        if (draw < 0.04) {
            return refuse(what);
        }
        if (draw < 0.06) {
            throw conflict(what, "409", SimWorld.Reached.CONFLICT_409);
        }
        if (draw < 0.09) {
            // The request lands after its sender has given up.
            long later = world.now + (long) (world.chance.nextDouble() * 3 * SimWorld.LEASE);
            world.underWay++;
            world.at(later, () -> landLate(what, write));
            return fail(what, "lands late", SimWorld.Reached.DELAYED_WRITE);
        }
        String version = undisputed(write);
        if (draw < 0.11) {
            return fail(what, "done, answer lost", SimWorld.Reached.LOST_RESPONSE);
        }
        if (draw < 0.12) {
            return fail(what, "done, then 500", SimWorld.Reached.ERROR_500_THOUGH_DONE);
        }
        if (draw < 0.14) {
            // The client sent it again by itself: its own write stood in the way.
            throw conflict(what, "done, then 412", SimWorld.Reached.RETRIED_BY_CLIENT_412);
        }
        sees(what);
        world.tell(process, what + " -> ok");
        process.answered();
        return version;
    }

    /** Another process was first: that too is something to get over. */
    private String undisputed(Supplier<String> write) {
        try {
            return write.get();
        } catch (StoreConflictException e) {
            process.troubled();
            throw e;
        }
    }

    private void sees(String what) {
        if (what.endsWith("/ledger.json")) {
            process.seen = SimLedger.state(world);
        }
    }

    /** From now on one kind of request fails for this process alone, and the other kind does not. */
    private long partly(String kind, SimWorld.Reached reached) {
        world.count(reached);
        world.tell(process, "all its " + kind + " fail for a while");
        return world.now + (long) (world.chance.nextDouble() * 3 * SimWorld.LEASE);
    }

    private void landLate(String what, Supplier<String> write) {
        world.underWay--;
        try {
            String unused = write.get();
            world.tell(process, what + " landed late");
        } catch (StoreConflictException e) {
            world.tell(process, what + " came too late");
        }
    }

    private StoreConflictException conflict(String what, String how, SimWorld.Reached reached) {
        world.count(reached);
        world.tell(process, what + " -> " + how);
        process.answered();
        process.troubled();
        return new StoreConflictException(what + ": " + how, null);
    }

    private <A> A refuse(String what) {
        world.count(SimWorld.Reached.DENIED_403);
        world.tell(process, what + " -> 403");
        process.answered();
        process.troubled();
        throw new NonTransientStoreException(what + ": denied", "Nothing.", null);
    }

    private <A> A unavailable(String what) {
        boolean slowDown = world.chance.nextBoolean();
        return slowDown
                ? fail(what, "503", SimWorld.Reached.SLOW_DOWN_503)
                : fail(what, "500", SimWorld.Reached.ERROR_500);
    }

    private <A> A fail(String what, String how, SimWorld.Reached reached) {
        world.count(reached);
        world.tell(process, what + " -> " + how);
        process.answered();
        if (world.maybe(0.3)) {
            world.count(SimWorld.Reached.TIME_OUT);
            process.delay(10_000);
        }
        process.troubled();
        throw new StoreUnavailableException(what + ": " + how, null);
    }
}
