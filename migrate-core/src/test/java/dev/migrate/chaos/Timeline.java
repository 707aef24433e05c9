package dev.migrate.chaos;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What happened in a round, for whoever looks into it. */
final class Timeline {

    private final long begunAt = System.currentTimeMillis();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    void add(String who, String what) {
        events.add(String.format("%6d %-5s %s", millis(), who, what));
    }

    /** How long the round has lasted. */
    long millis() {
        return System.currentTimeMillis() - begunAt;
    }

    List<String> events() {
        return List.copyOf(events);
    }
}
