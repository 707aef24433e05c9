package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The promise that everything rests on: of many writers at once, one wins. A loser may be told of a conflict or get no
 * clear answer, as from a busy server; only what the store called a success is counted.
 */
abstract class ObjectStoreRaces {

    private static final int THREADS = 8;

    /**
     * Opens a store on a place of its own.
     *
     * @param place a name; stores opened with one name share their objects, others do not
     */
    protected abstract ObjectStore open(String place);

    /** How often each race is run. Slow stores may run fewer. */
    protected int rounds() {
        return 50;
    }

    @Test
    void ofManyCreatesOfOneKeyOneSucceeds() throws Exception {
        try (ObjectStore store = open(UUID.randomUUID().toString())) {
            for (int round = 0; round < rounds(); round++) {
                String key = "race/" + round;
                List<String> winners = race(mine -> {
                    store.create(key, bytes(mine));
                    return mine;
                });
                assertThat(winners).as("winners of round %d", round).hasSize(1);
                assertThat(content(store, key)).isEqualTo(winners.get(0));
            }
        }
    }

    @Test
    void ofManyReplacesOfOneVersionOneSucceeds() throws Exception {
        try (ObjectStore store = open(UUID.randomUUID().toString())) {
            String version = store.create("race/register", bytes("first"));
            for (int round = 0; round < rounds(); round++) {
                String over = version;
                List<String> winners = race(mine -> {
                    store.replace("race/register", bytes(mine), over);
                    return mine;
                });
                assertThat(winners).as("winners of round %d", round).hasSize(1);
                assertThat(content(store, "race/register")).isEqualTo(winners.get(0));
                version = ((ReadResult.Found) store.read("race/register")).version();
            }
        }
    }

    @Test
    void aCounterLosesNoIncrement() throws Exception {
        String place = UUID.randomUUID().toString();
        int each = Math.max(1, rounds() / 2);
        try (ObjectStore store = open(place)) {
            store.create("race/counter", bytes("0 " + UUID.randomUUID()));
            race(mine -> {
                try (ObjectStore own = open(place)) {
                    for (int i = 0; i < each; i++) {
                        increment(own);
                    }
                }
                return mine;
            });
            assertThat(content(store, "race/counter")).startsWith(THREADS * each + " ");
        }
    }

    private static void increment(ObjectStore store) {
        String written = null;
        while (true) {
            try {
                ReadResult.Found found = (ReadResult.Found) store.read("race/counter");
                String text = text(found);
                if (text.equals(written)) {
                    return; // no answer came to it, and yet it was written
                }
                written = (Integer.parseInt(text.split(" ")[0]) + 1) + " " + UUID.randomUUID();
                store.replace("race/counter", bytes(written), found.version());
                return;
            } catch (StoreConflictException | StoreUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Lets all threads go at once, each with a text of its own, and gives what the successful ones returned. */
    private static List<String> race(Attempt attempt) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(runner(start, attempt)));
            }
            List<String> winners = new ArrayList<>();
            for (Future<String> one : running) {
                String won = one.get(60, TimeUnit.SECONDS);
                if (won != null) {
                    winners.add(won);
                }
            }
            return winners;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<String> runner(CyclicBarrier start, Attempt attempt) {
        return () -> {
            String mine = UUID.randomUUID().toString();
            start.await(60, TimeUnit.SECONDS);
            try {
                return attempt.run(mine);
            } catch (StoreConflictException | StoreUnavailableException e) {
                return null;
            }
        };
    }

    private static String content(ObjectStore store, String key) {
        return text((ReadResult.Found) store.read(key));
    }

    private static String text(ReadResult.Found found) {
        return new String(found.content(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What each thread does once the race is on. */
    private interface Attempt {
        String run(String mine);
    }
}
