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
 * A store whose register was asked for before anybody needed it. The first read of it is answered with that answer, so
 * that a start with nothing to do sends one request and hardly waits for it. Where the early read failed, it is sent
 * again.
 */
final class PrefetchedObjectStore implements ObjectStore {

    private static final Logger log = LoggerFactory.getLogger(PrefetchedObjectStore.class);

    private final ObjectStore store;
    private final String key;
    private final AtomicReference<@Nullable CompletableFuture<ReadResult>> early;

    PrefetchedObjectStore(ObjectStore store, String key, CompletableFuture<ReadResult> early) {
        this.store = store;
        this.key = key;
        this.early = new AtomicReference<>(early);
    }

    @Override
    public ReadResult read(String wanted) {
        CompletableFuture<ReadResult> answer = wanted.equals(key) ? early.getAndSet(null) : null;
        if (answer != null) {
            try {
                return answer.join();
            } catch (CompletionException e) {
                log.debug("The early read of {} failed and is sent again", key, ForeignText.printable(e));
            }
        }
        return store.read(wanted);
    }

    @Override
    public ReadResult readIfChanged(String wanted, String knownVersion) {
        return store.readIfChanged(wanted, knownVersion);
    }

    @Override
    public String create(String wanted, byte[] content) {
        return store.create(wanted, content);
    }

    @Override
    public String replace(String wanted, byte[] content, String version) {
        return store.replace(wanted, content, version);
    }

    @Override
    public void delete(String wanted, String version) {
        store.delete(wanted, version);
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
