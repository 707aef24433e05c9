package dev.migrate.internal.store;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.StoreConflictException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that creates one object after another, against others that want the same, and replaces each that it got. It
 * says what the store acknowledged. The content is long, names its writer, and says its own digest, so that a torn one is
 * seen.
 */
final class CreatorProcess {

    static final String CREATED = "created";
    static final String DONE = "done";

    /** The lock is not fair: who writes without a pause keeps others from it. */
    private static final long PAUSE_NANOS = 5_000_000;

    private CreatorProcess() {}

    /** Takes the folder, the name of this writer, and the number to begin with. */
    public static void main(String[] arguments) {
        ObjectStore store = new DirectoryObjectStore(Path.of(arguments[0]));
        String writer = arguments[1];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (int number = Integer.parseInt(arguments[2]); true; number++) {
            String version;
            try {
                version = store.create(key(number), content(writer, CREATED));
            } catch (StoreConflictException e) {
                continue; // somebody else has it
            }
            out.println(CREATED + " " + number);
            if (number % 2 == 0) {
                LockSupport.parkNanos(
                        PAUSE_NANOS); // so that whoever is killed at this line has often not replaced it yet
            }
            store.replace(key(number), content(writer, DONE), version);
            LockSupport.parkNanos(PAUSE_NANOS);
            out.println(DONE + " " + number);
        }
    }

    static String key(int number) {
        return "race/" + (100_000 + number);
    }

    static byte[] content(String writer, String state) {
        String body = writer + " " + state + " " + "x".repeat(state.equals(DONE) ? 30_000 : 60_000);
        return (ContentVersion.of(body.getBytes(StandardCharsets.US_ASCII)) + " " + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The writer and the state, or an exception when the content is torn. */
    static String[] told(byte[] content) {
        String[] parts = new String(content, StandardCharsets.US_ASCII).split(" ", 2);
        if (parts.length < 2
                || !ContentVersion.of(parts[1].getBytes(StandardCharsets.US_ASCII))
                        .equals(parts[0])) {
            throw new IllegalStateException("Torn content of " + content.length + " bytes");
        }
        return parts[1].split(" ");
    }
}
