package dev.migrate.store;

import java.util.List;

/**
 * A store for small objects with conditional writes. The ledger relies on one guarantee: of any
 * number of {@linkplain #create creates} of a key, or {@linkplain #replace replaces} of one version, made at the same
 * time by any number of processes, at most one succeeds.
 *
 * <p>Keys are relative to the place the store was made for, with {@code /} between their parts. Versions are opaque.
 * Every method may throw {@link NonTransientStoreException} (a retry fails until somebody fixes the cause) or
 * {@link StoreUnavailableException} (the answer is not known: a write may have happened, or may happen yet). Methods
 * are safe for use by many threads and never wait for longer than the store's own time-outs.
 *
 * @since 0.1
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * Reads an object.
     *
     * @param key the key
     * @return {@link ReadResult.Found}, or {@link ReadResult.Absent} only when the store said that there is no such object
     */
    ReadResult read(String key);

    /**
     * Reads an object unless it still has a version that is already known.
     *
     * @param key the key
     * @param knownVersion a version read or written before
     * @return {@link ReadResult.Unchanged} when the object has that version, otherwise as {@link #read}
     */
    ReadResult readIfChanged(String key, String knownVersion);

    /**
     * Writes an object that does not exist.
     *
     * @param key the key
     * @param content the bytes, not to be changed after the call
     * @return the version written
     * @throws StoreConflictException if the object exists, or another write of it got in the way
     */
    String create(String key, byte[] content);

    /**
     * Writes over one version of an object.
     *
     * @param key the key
     * @param content the bytes, not to be changed after the call
     * @param version the version to write over
     * @return the version written
     * @throws StoreConflictException if the object has another version or is gone, or another write got in the way
     */
    String replace(String key, byte[] content, String version);

    /**
     * Deletes one version of an object. A store may ignore the version, so a caller must not rely on it.
     *
     * @param key the key
     * @param version the version to delete
     * @throws StoreConflictException if the object has another version, or another write got in the way
     */
    void delete(String key, String version);

    /**
     * Lists what is directly in a folder, in any order: each object by the last part of its key, and each folder below it
     * once, by its name and a {@code /}. An object that only marks the folder itself is not listed.
     *
     * @param folder the folder, without a {@code /} at its end
     * @param limit the maximum number of names to return, 1 or more
     * @return the names; if there are more than the limit, {@code limit} of them
     */
    List<String> list(String folder, int limit);

    /**
     * The location of the store for messages, such as {@code s3://bucket/prefix}. It contains no secret.
     *
     * @return the place
     */
    String describe();

    /** Releases the resources of the store. Closing it twice has no effect. */
    @Override
    default void close() {}
}
