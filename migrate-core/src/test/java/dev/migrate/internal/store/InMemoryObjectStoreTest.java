package dev.migrate.internal.store;

import dev.migrate.store.ObjectStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryObjectStoreTest extends ObjectStoreContract {

    private final Map<String, ObjectStore> places = new ConcurrentHashMap<>();

    @Override
    protected ObjectStore open(String place) {
        return places.computeIfAbsent(place, name -> new InMemoryObjectStore());
    }
}
