package dev.migrate.internal.ledger;

/** What a fuzzer calls, by this name and with any bytes. */
public final class ReaderFuzz {

    private ReaderFuzz() {}

    /** Throws when a promise is broken. */
    public static void fuzzerTestOneInput(byte[] content) {
        ReaderProperties.check(content);
    }
}
