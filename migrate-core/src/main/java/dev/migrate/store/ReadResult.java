package dev.migrate.store;

/**
 * The answer to a read.
 *
 * @since 0.1
 */
public sealed interface ReadResult {

    /**
     * The object is there.
     *
     * @param content its bytes, not to be changed
     * @param version the version that has these bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(byte[] content, String version) implements ReadResult {}

    /** There is no such object. */
    record Absent() implements ReadResult {}

    /** The object has the version that the caller knows. */
    record Unchanged() implements ReadResult {}
}
