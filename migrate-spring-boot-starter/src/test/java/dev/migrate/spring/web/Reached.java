package dev.migrate.spring.web;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What of an application has seen a request. */
public final class Reached {

    private final Queue<String> places = new ConcurrentLinkedQueue<>();

    void add(String place) {
        places.add(place);
    }

    List<String> places() {
        return List.copyOf(places);
    }

    void clear() {
        places.clear();
    }
}
