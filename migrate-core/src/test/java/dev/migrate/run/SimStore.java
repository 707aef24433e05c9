package dev.migrate.run;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.Read;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreRefusedException;
import dev.migrate.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;

/** The store as one process reaches it: with every fault that a network and a service can have. */
final class SimStore implements ObjectStore {

    private final SimWorld world;
    private final SimProcess process;

    SimStore(SimWorld world, SimProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public Read read(String key) {
        return asked("GET " + key, () -> world.objects.read(key));
    }

    @Override
    public Read readIfChanged(String key, String knownVersion) {
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
        throw new UnsupportedOperationException("the protocol deletes nothing");
    }

    @Override
    public List<String> list(String folder, int limit) {
        return asked("LIST " + folder, () -> world.objects.list(folder, limit));
    }

    @Override
    public String describe() {
        return "sim";
    }

    private <A> A asked(String what, Supplier<A> ask) {
        if (world.maybe(0.03)) {
            return fail(what, "no answer", SimWorld.Reached.NOT_SENT, true);
        }
        A answer = ask.get();
        world.tell(process, what + " -> " + (answer instanceof Read.Found ? "found" : String.valueOf(answer)));
        process.answered();
        return answer;
    }

    private String written(String what, Supplier<String> write) {
        double draw = world.faults ? world.chance.nextDouble() : 1;
        if (draw < 0.02) {
            return fail(what, "not sent", SimWorld.Reached.NOT_SENT, true);
        }
        if (draw < 0.04) {
            world.count(SimWorld.Reached.DENIED);
            world.tell(process, what + " -> denied");
            process.answered();
            throw new StoreRefusedException(what + ": denied", "Nothing.", null);
        }
        if (draw < 0.06) {
            world.count(SimWorld.Reached.CONFLICT_409);
            world.tell(process, what + " -> 409");
            process.answered();
            throw new StoreConflictException(what + ": 409", null);
        }
        if (draw < 0.09) {
            // The request lands after its sender has given up, or never.
            long later = world.now + (long) (world.chance.nextDouble() * 3 * SimWorld.LEASE);
            world.underWay++;
            world.at(later, () -> landLate(what, write));
            return fail(what, "lands late", SimWorld.Reached.DELAYED_WRITE, true);
        }
        String version = write.get();
        if (draw < 0.12) {
            return fail(what, "done, response lost", SimWorld.Reached.LOST_RESPONSE, true);
        }
        if (draw < 0.14) {
            // The client sent it again by itself: its own write stood in the way.
            world.count(SimWorld.Reached.RETRIED_BY_CLIENT_412);
            world.tell(process, what + " -> done, then 412");
            process.answered();
            throw new StoreConflictException(what + ": 412", null);
        }
        world.tell(process, what + " -> ok");
        process.answered();
        return version;
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

    private <A> A fail(String what, String how, SimWorld.Reached reached, boolean slow) {
        world.count(reached);
        world.tell(process, what + " -> " + how);
        process.answered();
        if (slow && world.maybe(0.3)) {
            process.delay(10_000);
        }
        throw new StoreUnavailableException(what + ": " + how, null);
    }
}
