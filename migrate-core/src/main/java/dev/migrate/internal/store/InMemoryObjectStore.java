package dev.migrate.internal.store;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of one process, for tests. What it holds is gone with it.
 *
 * @since 0.1
 */
public final class InMemoryObjectStore implements ObjectStore {

    private final Map<String, ReadResult.Found> objects = new HashMap<>();
    private long writes;

    /** Makes an empty store. */
    public InMemoryObjectStore() {}

    @Override
    public synchronized ReadResult read(String key) {
        ReadResult.Found found = find(key);
        return found == null ? new ReadResult.Absent() : copy(found);
    }

    @Override
    public synchronized ReadResult readIfChanged(String key, String knownVersion) {
        return hasVersion(find(key), knownVersion) ? new ReadResult.Unchanged() : read(key);
    }

    @Override
    public synchronized String create(String key, byte[] content) {
        if (find(key) != null) {
            throw new StoreConflictException("Creating " + key + " in " + describe() + ": it exists", null);
        }
        return put(key, content);
    }

    @Override
    public synchronized String replace(String key, byte[] content, String version) {
        if (!hasVersion(find(key), version)) {
            throw otherVersion("Replacing ", key, version);
        }
        return put(key, content);
    }

    @Override
    public synchronized void delete(String key, String version) {
        ReadResult.Found found = find(key);
        if (found == null) {
            return;
        }
        if (!hasVersion(found, version)) {
            throw otherVersion("Deleting ", key, version);
        }
        objects.remove(key);
    }

    @Override
    public synchronized List<String> list(String folder, int limit) {
        String start = ObjectKeys.check(folder) + "/";
        return objects.keySet().stream()
                .filter(key -> key.startsWith(start))
                .map(key -> directlyIn(start, key))
                .distinct()
                .sorted()
                .limit(ObjectKeys.checkLimit(limit))
                .toList();
    }

    private static String directlyIn(String start, String key) {
        int deeper = key.indexOf('/', start.length());
        return deeper < 0 ? key.substring(start.length()) : key.substring(start.length(), deeper + 1);
    }

    @Override
    public String describe() {
        return "memory";
    }

    private ReadResult.@Nullable Found find(String key) {
        ReadResult.Found found = objects.get(key);
        if (found == null) {
            // What is there was checked when it was put.
            String unused = ObjectKeys.check(key);
        }
        return found;
    }

    private String put(String key, byte[] content) {
        // A number that never comes back: equal content written twice has two versions here.
        String version = Long.toString(++writes);
        objects.put(key, new ReadResult.Found(content.clone(), version));
        return version;
    }

    private StoreConflictException otherVersion(String act, String key, String version) {
        return new StoreConflictException(
                act + key + " in " + describe() + ": its version is no longer " + version, null);
    }

    private static boolean hasVersion(ReadResult.@Nullable Found found, String version) {
        return found != null && found.version().equals(version);
    }

    private static ReadResult.Found copy(ReadResult.Found found) {
        return new ReadResult.Found(found.content().clone(), found.version());
    }
}
