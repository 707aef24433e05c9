package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationReport;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What lasts for hours takes no more memory than what lasts for a minute. A step that keeps a trace of each of its rounds
 * is resumed through all of them, so a small stack overflows after some thousand rounds.
 */
class LongWaitTest {

    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final long SMALL_STACK = 256 * 1024;

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private long nanos;
    private int texts;
    private boolean unreachable;
    private final TimeSource timeSource = new TimeSource() {
        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    };

    /** Takes steps until as many pauses are over, on a small stack. */
    private void pauses(int count, Runnable everyThousand) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable all = () -> {
            Step<MigrationReport> step = start();
            for (int over = 0; over < count; ) {
                if (step instanceof Step.StoreCall<MigrationReport> call) {
                    step = call.operation().apply(store());
                } else {
                    Step.Wait<MigrationReport> pause = (Step.Wait<MigrationReport>) step;
                    nanos += pause.timeout().toNanos();
                    if (++over % 1_000 == 0) {
                        everyThousand.run();
                    }
                    step = pause.next().get();
                }
            }
        };
        Thread thread = new Thread(null, all, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((of, error) -> thrown.set(error));
        thread.start();
        thread.join();
        assertThat(thrown.get()).isNull();
    }

    private Step<MigrationReport> start() {
        RunnerSettings settings = RunnerSettings.builder(DEV, new Owner("here", 1, null))
                .deployment("d1")
                .lease(Duration.ofHours(1))
                .shutdownGrace(Duration.ZERO)
                .build();
        Plan plan = new Plan(List.of(new SimMigration(MigrationId.of("0001"), SimMigration.Kind.PLAIN)), "d1", null);
        ProtocolContext context = new ProtocolContext(
                plan,
                settings,
                new RegisterRepository(DEV, () -> "n" + texts++, timeSource),
                new ReceiptRepository(DEV),
                new ProtocolContext.Effects(timeSource, () -> "t" + texts++, () -> 0),
                new EventPublisher(event -> {}, timeSource),
                () -> false,
                (migration, attempt, checkpoint) -> new ScriptedExecution(migration, checkpoint));
        return new StartupProtocol(context).begin();
    }

    private ObjectStore store() {
        return unreachable ? new Unreachable(objects) : objects;
    }

    private void change(UnaryOperator<LedgerState> change) {
        VersionedState seen = SimLedger.snapshot(objects, DEV);
        SimLedger.write(objects, DEV, seen, change.apply(seen.state()));
    }

    @BeforeEach
    void makeRegister() {
        String unused = objects.create(
                RegisterRepository.key(DEV),
                """
                {"format": 1, "environment": "dev", "revision": 1, "nonce": "n", "applied": [], "attempts": []}
                """
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void claimedElsewhere() {
        change(state -> state.claim(ScriptedProcess.attempt("0001", 1, "theirs", "d1"), Duration.ofDays(30)));
    }

    @Test
    void a_waiter_polls_a_million_times() throws InterruptedException {
        claimedElsewhere();
        pauses(1_000_000, () -> {});
        assertThat(SimLedger.snapshot(objects, DEV).state().running())
                .as("not taken over")
                .isNotNull();
    }

    @Test
    void a_blocked_start_looks_a_hundred_thousand_times() throws InterruptedException {
        claimedElsewhere();
        change(state -> state.fail("theirs", Outcome.FAILED, "no", Instant.EPOCH, null));
        pauses(100_000, () -> {});
    }

    @Test
    void a_store_that_does_not_answer_is_asked_a_hundred_thousand_times() throws InterruptedException {
        unreachable = true;
        pauses(100_000, () -> {});
    }

    @Test
    void an_owner_sends_twenty_thousand_heartbeats() throws InterruptedException {
        pauses(20_000, () -> {});
        assertThat(SimLedger.snapshot(objects, DEV).state().running().heartbeat())
                .isGreaterThan(19_000);
    }

    @Test
    void an_owner_tries_twenty_thousand_heartbeats_in_an_outage() throws InterruptedException {
        pauses(20_000, () -> unreachable = !unreachable);
        assertThat(SimLedger.snapshot(objects, DEV).state().running().heartbeat())
                .isGreaterThan(1_000);
    }

    /** No answer to anything. */
    private record Unreachable(ObjectStore objects) implements ObjectStore {
        private static <A> A fail() {
            throw new StoreUnavailableException("no answer", null);
        }

        @Override
        public ReadResult read(String key) {
            return fail();
        }

        @Override
        public ReadResult readIfChanged(String key, String version) {
            return fail();
        }

        @Override
        public String create(String key, byte[] content) {
            return fail();
        }

        @Override
        public String replace(String key, byte[] content, String version) {
            return fail();
        }

        @Override
        public void delete(String key, String version) {
            @Nullable Object unused = fail();
        }

        @Override
        public List<String> list(String folder, int limit) {
            return fail();
        }

        @Override
        public String describe() {
            return objects.describe();
        }
    }
}
