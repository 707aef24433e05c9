package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.internal.protocol.S3Fixture.Ledger;
import dev.migrate.testing.ProxiedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    private static final boolean ALL = Boolean.getBoolean("migrate.test.faults.all");
    private static final int FOURTH = 4;
    private static final int SIXTEENTH = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final long begun = System.nanoTime();
    private S3Fixture world;
    private int starts;
    private boolean hangs;

    @BeforeAll
    void open() {
        world = new S3Fixture();
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        world.close();
        System.out.printf("faults: %d starts with a mishap, %d ms%n", starts, (System.nanoTime() - begun) / 1_000_000);
    }

    @TestFactory
    Stream<DynamicTest> alone_without_a_ledger() {
        return alone(Ledger.NONE, SIXTEENTH);
    }

    @TestFactory
    Stream<DynamicTest> alone_on_a_ledger_with_pending_migrations() {
        return alone(Ledger.REGISTER, FOURTH);
    }

    @TestFactory
    Stream<DynamicTest> alone_on_receipts_of_ODIN() {
        return alone(Ledger.RECEIPTS, SIXTEENTH);
    }

    private Stream<DynamicTest> alone(Ledger ledger, int part) {
        SingleProcess undisturbed = new SingleProcess(world, ledger, 0, StoreFault.ANSWERED_LATE).call();
        assertThat(undisturbed.requests()).hasSizeGreaterThan(2 * (4 - ledger.done) + 1); // two for each migration
        List<DynamicTest> tests = new ArrayList<>();
        for (ProxiedRequest proxied : undisturbed.requests()) {
            for (StoreFault mishap : sample(proxied.number(), part)) {
                SingleProcess start = new SingleProcess(world, ledger, proxied.number(), mishap);
                Future<SingleProcess> run = threads.submit(start);
                tests.add(DynamicTest.dynamicTest(
                        start + " (" + proxied.kind() + ")", () -> ended(run).check(undisturbed)));
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
            for (StoreFault mishap : sample(number, SIXTEENTH)) {
                TwoProcesses two = new TwoProcesses(world, ledger, number, mishap);
                Future<TwoProcesses> run = threads.submit(two);
                tests.add(
                        DynamicTest.dynamicTest(two.toString(), () -> ended(run).check()));
            }
        }
        starts += tests.size();
        return tests.stream();
    }

    /** One that never ends is enough to know. */
    private <T> T ended(Future<T> run) throws Exception {
        assertThat(hangs).as("an earlier one never ended").isFalse();
        try {
            return run.get(240, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            hangs = true;
            throw e;
        }
    }

    /** One in so many, so that each mishap and each request has its turn; or all. */
    private static List<StoreFault> sample(int request, int part) {
        return Stream.of(StoreFault.values())
                .filter(mishap -> ALL || (mishap.ordinal() + request) % part == 0)
                .toList();
    }
}
