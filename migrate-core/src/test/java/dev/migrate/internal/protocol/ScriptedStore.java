package dev.migrate.internal.protocol;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A store that does to the calls that come next what a test says. A call is named by its verb and the end of its key. */
final class ScriptedStore implements ObjectStore {

    enum Fault {
        NONE,
        NOT_SENT,
        ANSWER_LOST,
        CONFLICT,
        DONE_THEN_CONFLICT,
        DENIED
    }

    final List<String> calls = new ArrayList<>();
    /** No request arrives anywhere. */
    boolean down;

    private final ObjectStore objects;
    private final Map<String, Deque<Runnable>> before = new HashMap<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();

    ScriptedStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** What becomes of the next calls of this name, in turn. */
    void faults(String call, Fault... next) {
        faults.computeIfAbsent(call, name -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** What happens just before the next call of this name that nothing is said of yet. */
    void before(String call, Runnable happens) {
        before.computeIfAbsent(call, name -> new ArrayDeque<>()).add(happens);
    }

    private <A> A call(String verb, String key, Supplier<A> ask) {
        String name = verb + " " + key.substring(key.indexOf('/') + 1);
        calls.add(name);
        Runnable happens = before.getOrDefault(name, new ArrayDeque<>()).poll();
        if (happens != null) {
            happens.run();
        }
        if (down) {
            throw new StoreUnavailableException("down", null);
        }
        Fault fault = faults.getOrDefault(name, new ArrayDeque<>()).poll();
        if (fault == Fault.NOT_SENT) {
            throw new StoreUnavailableException("no answer", null);
        }
        if (fault == Fault.CONFLICT) {
            throw new StoreConflictException("409", null);
        }
        if (fault == Fault.DENIED) {
            throw new NonTransientStoreException("denied", "Mend the policy.", null);
        }
        A answer = ask.get();
        if (fault == Fault.ANSWER_LOST) {
            throw new StoreUnavailableException("answer lost", null);
        }
        if (fault == Fault.DONE_THEN_CONFLICT) {
            throw new StoreConflictException("412", null);
        }
        return answer;
    }

    @Override
    public ReadResult read(String key) {
        return call("GET", key, () -> objects.read(key));
    }

    @Override
    public ReadResult readIfChanged(String key, String version) {
        return call("GET?", key, () -> objects.readIfChanged(key, version));
    }

    @Override
    public String create(String key, byte[] content) {
        return call("CREATE", key, () -> objects.create(key, content));
    }

    @Override
    public String replace(String key, byte[] content, String version) {
        return call("PUT", key, () -> objects.replace(key, content, version));
    }

    @Override
    public void delete(String key, String version) {
        throw new AssertionError("the protocol deletes nothing");
    }

    @Override
    public List<String> list(String folder, int limit) {
        return call("LIST", folder, () -> objects.list(folder, limit));
    }

    @Override
    public String describe() {
        return "played";
    }
}
