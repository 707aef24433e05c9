package dev.migrate.internal.protocol;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The store of one state of the explored world. Versions are digests, so they do not depend on the road taken. */
record ExplorationStore(ExplorationMoment moment) implements ObjectStore {

    @Override
    public ReadResult read(String key) {
        ReadResult.Found found = moment.objects.get(key);
        return moment.answer(
                "GET" + key, found == null ? new ReadResult.Absent() : found, found == null ? "-" : found.version());
    }

    @Override
    public ReadResult readIfChanged(String key, String knownVersion) {
        ReadResult.Found found = moment.objects.get(key);
        if (found != null && found.version().equals(knownVersion)) {
            return moment.answer("GET?" + key, new ReadResult.Unchanged(), "=");
        }
        return read(key);
    }

    @Override
    public String create(String key, byte[] content) {
        if (moment.objects.containsKey(key)) {
            Object unused = moment.answer("CREATE" + key, key, "412");
            throw new StoreConflictException(key, null);
        }
        return put("CREATE", key, content);
    }

    @Override
    public String replace(String key, byte[] content, String version) {
        ReadResult.Found found = moment.objects.get(key);
        if (found == null || !found.version().equals(version)) {
            Object unused = moment.answer("PUT" + key, key, "412");
            throw new StoreConflictException(key, null);
        }
        return put("PUT", key, content);
    }

    private String put(String what, String key, byte[] content) {
        String version = Exploration.digest(new String(content, StandardCharsets.UTF_8));
        moment.put(key, new ReadResult.Found(content, version));
        return moment.answer(what + key, version, version);
    }

    @Override
    public void delete(String key, String version) {
        ReadResult.Found found = moment.objects.get(key);
        if (found == null || !found.version().equals(version)) {
            Object unused = moment.answer("DELETE" + key, key, "412");
            throw new StoreConflictException(key, null);
        }
        moment.objects.remove(key);
        Object unused = moment.answer("DELETE" + key, key, "gone");
    }

    @Override
    public List<String> list(String folder, int limit) {
        List<String> names = moment.objects.keySet().stream()
                .filter(key -> key.startsWith(folder + "/"))
                .map(key -> key.substring(folder.length() + 1))
                .toList();
        return moment.answer("LIST", names, names.toString());
    }

    @Override
    public String describe() {
        return "explored";
    }
}
