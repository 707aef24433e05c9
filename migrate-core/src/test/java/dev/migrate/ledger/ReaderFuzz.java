package dev.migrate.ledger;

/** What a fuzzer calls, by this name and with any bytes. */
public final class ReaderFuzz {

    private ReaderFuzz() {}

    /** Throws when a promise is broken. */
    public static void fuzzerTestOneInput(byte[] content) {
        ReaderPromises.check(content);
    }
}
