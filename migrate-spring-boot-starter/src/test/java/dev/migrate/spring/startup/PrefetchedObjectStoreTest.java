package dev.migrate.spring.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PrefetchedObjectStoreTest {

    private static final ReadResult EARLY = new ReadResult.Found(bytes("early"), "v0");

    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Test
    void answersTheFirstReadOfItsKeyFromTheEarlyOne() {
        String version = store.create("env/ledger.json", bytes("now"));
        var prefetched = new PrefetchedObjectStore(store, "env/ledger.json", CompletableFuture.completedFuture(EARLY));
        assertThat(prefetched.read("env/0001")).isEqualTo(new ReadResult.Absent());
        assertThat(prefetched.read("env/ledger.json")).isSameAs(EARLY);
        assertThat(prefetched.read("env/ledger.json"))
                .isInstanceOfSatisfying(ReadResult.Found.class, found -> assertThat(found.version())
                        .isEqualTo(version));
    }

    @Test
    void readsWhereTheEarlyReadFailed() {
        store.create("env/ledger.json", bytes("now"));
        var prefetched = new PrefetchedObjectStore(
                store, "env/ledger.json", CompletableFuture.failedFuture(new StoreUnavailableException("down", null)));
        assertThat(prefetched.read("env/ledger.json"))
                .isInstanceOfSatisfying(ReadResult.Found.class, found -> assertThat(found.content())
                        .isEqualTo(bytes("now")));
    }

    @Test
    void passesEverythingElseOn() {
        var prefetched = new PrefetchedObjectStore(store, "register", CompletableFuture.completedFuture(EARLY));
        String first = prefetched.create("env/0001", bytes("1"));
        String second = prefetched.replace("env/0001", bytes("2"), first);
        assertThat(prefetched.readIfChanged("env/0001", second)).isEqualTo(new ReadResult.Unchanged());
        assertThat(prefetched.list("env", 10)).containsExactly("0001");
        assertThat(prefetched.describe()).isEqualTo(store.describe());
        prefetched.delete("env/0001", second);
        assertThat(store.read("env/0001")).isEqualTo(new ReadResult.Absent());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
