package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.spring.actuate.CachedLedgerReader.CachedLedger;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reading asks the store twice, for the register and for the receipts; and there is one in five seconds. */
class CachedLedgerReaderTest {

    private static final int ONE_READING = 2;
    private static final int THREADS = 32;

    private final LedgerFixture desk = new LedgerFixture().with("0001", "CreateCars", () -> {});
    private final AtomicLong nanos = new AtomicLong(-7);
    private final CachedLedgerReader view = new CachedLedgerReader(nanos::get);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void migrate() {
        desk.migrate();
    }

    @AfterEach
    void end() {
        desk.held.countDown();
        threads.shutdownNow();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Asks from many threads at once, each many times. */
    private List<CachedLedger> hammer(int times) throws Exception {
        CountDownLatch all = new CountDownLatch(THREADS);
        List<Future<List<CachedLedger>>> asking = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            asking.add(threads.submit(() -> {
                all.countDown();
                all.await();
                List<CachedLedger> seen = new ArrayList<>();
                for (int j = 0; j < times; j++) {
                    seen.add(view.of(desk));
                }
                return seen;
            }));
        }
        List<CachedLedger> seen = new ArrayList<>();
        for (Future<List<CachedLedger>> one : asking) {
            seen.addAll(one.get(60, TimeUnit.SECONDS));
        }
        return seen;
    }

    @Test
    void howeverManyAskItIsReadOnceInFiveSeconds() throws Exception {
        assertThat(hammer(200)).hasSize(THREADS * 200).allSatisfy(seen -> {
            assertThat(seen.problem()).isNull();
            assertThat(seen.ledger()).isNotNull();
        });
        assertThat(desk.requests()).isEqualTo(ONE_READING);

        pass(CachedLedgerReader.MAX_AGE.minusNanos(1));
        assertThat(hammer(1))
                .allSatisfy(seen -> assertThat(seen.age()).isEqualTo(CachedLedgerReader.MAX_AGE.minusNanos(1)));
        assertThat(desk.requests()).isZero();

        pass(Duration.ofNanos(1));
        assertThat(hammer(200)).allSatisfy(seen -> assertThat(seen.age()).isEqualTo(Duration.ZERO));
        assertThat(desk.requests()).isEqualTo(ONE_READING);
    }

    @Test
    void aFailureIsRememberedAsLongAndWhatWasReadBeforeIsTold() throws Exception {
        assertThat(view.of(desk).problem()).isNull();
        assertThat(desk.requests()).isEqualTo(ONE_READING);
        pass(Duration.ofSeconds(6));
        desk.fault = new NonTransientStoreException("Access to the ledger is denied.", "Mend the policy.", null);

        assertThat(hammer(50)).allSatisfy(seen -> {
            assertThat(seen.problem().message()).isEqualTo("Access to the ledger is denied.");
            assertThat(seen.problem().action()).isEqualTo("Mend the policy.");
            assertThat(seen.ledger()).isNotNull();
            assertThat(seen.age()).isEqualTo(Duration.ofSeconds(6));
        });
        assertThat(desk.requests()).as("it gave up at the first refusal").isOne();

        desk.fault = null;
        pass(Duration.ofSeconds(4));
        assertThat(view.of(desk).problem()).as("still remembered").isNotNull();
        assertThat(desk.requests()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(view.of(desk).problem()).isNull();
    }

    @Test
    void aStoreThatGivesNoAnswerIsAskedOnceInFiveSecondsHoweverManyAsk() throws Exception {
        desk.fault = new StoreUnavailableException("no answer from the store", null);
        CachedLedger seen = view.of(desk);
        assertThat(seen.problem().message()).contains("no answer from the store");
        assertThat(seen.ledger()).isNull();
        assertThat(seen.readAt()).isNull();
        assertThat(desk.requests()).isOne();

        pass(CachedLedgerReader.MAX_AGE.minusNanos(1));
        assertThat(hammer(50)).allSatisfy(again -> {
            assertThat(again.problem().message()).contains("no answer from the store");
            assertThat(again.ledger()).isNull();
        });
        assertThat(desk.requests()).as("it was asked a moment ago").isZero();

        pass(Duration.ofNanos(1));
        assertThat(hammer(50))
                .allSatisfy(again -> assertThat(again.problem().message()).contains("no answer from the store"));
        assertThat(desk.requests()).as("it was not asked for five seconds").isOne();

        desk.fault = null;
        pass(CachedLedgerReader.MAX_AGE);
        assertThat(view.of(desk).problem()).isNull();
        assertThat(desk.requests()).isEqualTo(ONE_READING);
    }

    @Test
    void nobodyWaitsForAReadingThatTakesLong() throws Exception {
        desk.held = new CountDownLatch(1);
        Future<CachedLedger> first = threads.submit(() -> view.of(desk));
        while (desk.asked.isEmpty()) {
            Thread.onSpinWait();
        }
        pass(Duration.ofMinutes(1)); // the patience of those who come now is over before they come
        assertThat(hammer(20))
                .hasSize(THREADS * 20)
                .allSatisfy(seen -> assertThat(seen.problem().message()).contains("has not answered after 3 s"));
        assertThat(desk.requests())
                .as("one request waits, and no other is sent")
                .isOne();
        assertThat(first.get(30, TimeUnit.SECONDS).problem())
                .as("the one that began it")
                .isNotNull();

        desk.held.countDown();
        // What was read is known a moment before its reading is over.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        CachedLedger seen = view.of(desk);
        while (seen.ledger() == null || seen.problem() != null) {
            assertThat(System.nanoTime()).as("still %s", seen.problem()).isLessThan(end);
            seen = view.of(desk);
        }
    }
}
