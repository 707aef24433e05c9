package dev.migrate.internal.ledger;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.StoreConflictException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Checks that a store honours conditional writes: it must refuse to create an existing object, and to replace a version that
 * never existed. A store that accepts such a write is left with a register that no version of this library accepts.
 *
 * @param key the key of the register, which exists
 */
record ConditionProbe(String key) {

    /** No store returns this as a version: it is not an ETag, a digest or a counter. */
    private static final String IMPOSSIBLE_VERSION = "00000000000000000000000000000000";

    /** The step that ends once the store has refused both writes. */
    Step<Boolean> run(RetryPolicy retry) {
        return refused(store -> store.create(key, tombstone()), retry)
                .then(yes -> refused(store -> store.replace(key, tombstone(), IMPOSSIBLE_VERSION), retry));
    }

    private Step<Boolean> refused(Function<ObjectStore, String> write, RetryPolicy retry) {
        return retry.call(store -> {
            try {
                String unused = write.apply(store);
            } catch (StoreConflictException e) {
                return true;
            }
            throw new LedgerException(
                    store.describe() + " ignores conditional writes: it overwrote " + key
                            + " although the condition was false. Nothing would keep two processes apart there.",
                    "Choose a store that honours If-None-Match and If-Match, such as Amazon S3.");
        });
    }

    private static byte[] tombstone() {
        return "{\"refused\": \"the store ignores conditional writes\"}".getBytes(StandardCharsets.UTF_8);
    }
}
