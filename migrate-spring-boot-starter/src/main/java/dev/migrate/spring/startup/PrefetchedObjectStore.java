package dev.migrate.spring.startup;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose register was read in advance. The first read of the register returns that result, so a startup without
 * pending migrations sends one request and hardly waits. If the read in advance failed, the request is sent again.
 */
final class PrefetchedObjectStore implements ObjectStore {

    private static final Logger log = LoggerFactory.getLogger(PrefetchedObjectStore.class);

    private final ObjectStore store;
    private final String key;
    private final AtomicReference<@Nullable CompletableFuture<ReadResult>> prefetched;

    PrefetchedObjectStore(ObjectStore store, String key, CompletableFuture<ReadResult> prefetched) {
        this.store = store;
        this.key = key;
        this.prefetched = new AtomicReference<>(prefetched);
    }

    @Override
    public ReadResult read(String requestedKey) {
        CompletableFuture<ReadResult> result = requestedKey.equals(key) ? prefetched.getAndSet(null) : null;
        if (result != null) {
            try {
                return result.join();
            } catch (CompletionException e) {
                log.debug("The prefetch of {} failed and is retried", key, ForeignText.printable(e));
            }
        }
        return store.read(requestedKey);
    }

    @Override
    public ReadResult readIfChanged(String requestedKey, String knownVersion) {
        return store.readIfChanged(requestedKey, knownVersion);
    }

    @Override
    public String create(String requestedKey, byte[] content) {
        return store.create(requestedKey, content);
    }

    @Override
    public String replace(String requestedKey, byte[] content, String version) {
        return store.replace(requestedKey, content, version);
    }

    @Override
    public void delete(String requestedKey, String version) {
        store.delete(requestedKey, version);
    }

    @Override
    public List<String> list(String folder, int limit) {
        return store.list(folder, limit);
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public void close() {
        store.close();
    }
}
