package dev.migrate.run;

import dev.migrate.run.S3World.Ledger;
import dev.migrate.testing.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A start with one mishap, over a real S3 client, real connections and a real server: every mishap at every request. In
 * the build it is a sample, in which each mishap and each request has its turn; {@code -Pfaults} takes all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsAtEveryRequestIT {

    private static final int SAMPLE = Boolean.getBoolean("migrate.test.faults.all") ? 1 : 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final long begun = System.nanoTime();
    private S3World world;
    private int starts;

    @BeforeAll
    void open() {
        world = new S3World();
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        world.close();
        System.out.printf("faults: %d starts with a mishap, %d ms%n", starts, (System.nanoTime() - begun) / 1_000_000);
    }

    @TestFactory
    Stream<DynamicTest> alone_without_a_ledger() {
        return alone(Ledger.NONE);
    }

    @TestFactory
    Stream<DynamicTest> alone_on_a_ledger_with_pending_migrations() {
        return alone(Ledger.REGISTER);
    }

    @TestFactory
    Stream<DynamicTest> alone_on_receipts_of_ODIN() {
        return alone(Ledger.RECEIPTS);
    }

    private Stream<DynamicTest> alone(Ledger ledger) {
        LoneStart undisturbed = new LoneStart(world, ledger, 0, Mishap.ANSWERED_LATE).call();
        List<DynamicTest> tests = new ArrayList<>();
        for (Seen seen : undisturbed.requests()) {
            for (Mishap mishap : sample(seen.number())) {
                LoneStart start = new LoneStart(world, ledger, seen.number(), mishap);
                Future<LoneStart> run = threads.submit(start);
                tests.add(DynamicTest.dynamicTest(start + " (" + seen.kind() + ")", () -> run.get(60, TimeUnit.SECONDS)
                        .check(undisturbed)));
            }
        }
        starts += tests.size();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> two_without_a_ledger() {
        return two(Ledger.NONE, 12);
    }

    @TestFactory
    Stream<DynamicTest> two_on_a_ledger_with_pending_migrations() {
        return two(Ledger.REGISTER, 9);
    }

    private Stream<DynamicTest> two(Ledger ledger, int requests) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int number = 1; number <= requests; number++) {
            for (Mishap mishap : sample(number)) {
                TwoStarts two = new TwoStarts(world, ledger, number, mishap);
                Future<TwoStarts> run = threads.submit(two);
                tests.add(DynamicTest.dynamicTest(
                        two.toString(), () -> run.get(60, TimeUnit.SECONDS).check()));
            }
        }
        starts += tests.size();
        return tests.stream();
    }

    private static List<Mishap> sample(int request) {
        return Stream.of(Mishap.values())
                .filter(mishap -> (mishap.ordinal() + request) % SAMPLE == 0)
                .toList();
    }
}
