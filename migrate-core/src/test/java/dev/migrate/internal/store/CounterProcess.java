package dev.migrate.internal.store;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A process whose threads add to a counter in a folder, again and again, and say so on its output after each time that the
 * store acknowledged. The content is long, and says its own digest, so that a torn one is seen.
 */
final class CounterProcess {

    static final int THREADS = 2;
    static final String KEY = "race/counter";

    private CounterProcess() {}

    /** Takes the folder, and how often each of the threads adds. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        // A fault of one thread ends the process, so that it is not taken for a slow one.
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(3);
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> run(new DirectoryObjectStore(folder), times, out));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void run(ObjectStore store, int times, PrintStream out) {
        for (int i = 0; i < times; i++) {
            out.println(increment(store));
        }
    }

    private static long increment(ObjectStore store) {
        while (true) {
            ReadResult.Found found = (ReadResult.Found) store.read(KEY);
            long next = count(found.content()) + 1;
            try {
                store.replace(KEY, content(next), found.version());
                return next;
            } catch (StoreConflictException e) {
                Thread.onSpinWait();
            }
        }
    }

    static byte[] content(long count) {
        String body = count + " " + UUID.randomUUID() + " " + "x".repeat(50_000);
        return (ContentVersion.of(body.getBytes(StandardCharsets.US_ASCII)) + " " + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The count, or an exception when the content is torn. */
    static long count(byte[] content) {
        String[] parts = new String(content, StandardCharsets.US_ASCII).split(" ", 2);
        if (parts.length < 2
                || !ContentVersion.of(parts[1].getBytes(StandardCharsets.US_ASCII))
                        .equals(parts[0])) {
            throw new IllegalStateException("Torn content of " + content.length + " bytes");
        }
        return Long.parseLong(parts[1].split(" ")[0]);
    }
}
