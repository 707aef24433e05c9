package dev.migrate.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.execution.ActionExecution;
import dev.migrate.internal.ledger.LedgerState;
import dev.migrate.internal.ledger.ReceiptRepository;
import dev.migrate.internal.ledger.RegisterRepository;
import dev.migrate.internal.ledger.Step;
import dev.migrate.internal.ledger.VersionedState;
import dev.migrate.internal.plan.Plan;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.reporting.EventPublisher;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.store.InMemoryObjectStore;
import dev.migrate.internal.time.TimeSource;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockingVerdict.Outcome;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import dev.migrate.listener.RunningMigration.Progress;
import dev.migrate.store.ReadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An owner at the moments that no clock and no thread brings about twice. */
class OwnedExecutionTest {

    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final List<MigrationEvent> events = new ArrayList<>();
    private Runnable onStarted = () -> {};
    private long nanos;
    private boolean stopping;
    private int texts;
    private int started;

    /** An action of which a test says what it is doing. */
    private static class Played implements ActionExecution {
        boolean ended;

        @Nullable
        Throwable failure;

        boolean interrupted;

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public @Nullable Throwable failure() {
            return failure;
        }

        @Override
        public @Nullable Duration elapsed() {
            return Duration.ofMillis(5);
        }

        @Override
        public void cancel() {}

        @Override
        public void interrupt() {
            interrupted = true;
        }

        @Override
        public boolean interrupted() {
            return interrupted;
        }

        @Override
        public Optional<String> lastCheckpoint() {
            return Optional.of("row 7");
        }

        @Override
        public @Nullable Progress progress() {
            return null;
        }
    }

    private Step<MigrationReport> start(SimMigration.Kind kind, Supplier<ActionExecution> work) {
        TimeSource timeSource = new TimeSource() {
            @Override
            public long monotonicNanos() {
                return nanos;
            }

            @Override
            public Instant wallTime() {
                return Instant.EPOCH;
            }
        };
        RunnerSettings settings = RunnerSettings.builder(DEV, new Owner("here", 1, null))
                .deployment("d1")
                .lease(LEASE)
                .onFailure(RunnerSettings.OnFailure.EXIT)
                .build();
        SimMigration migration = new SimMigration(MigrationId.of("0001"), kind);
        ProtocolContext context = new ProtocolContext(
                new Plan(List.of(migration), "d1", null),
                settings,
                new RegisterRepository(DEV, () -> "n" + texts++, timeSource),
                new ReceiptRepository(DEV),
                new ProtocolContext.Effects(timeSource, () -> "t" + texts++, () -> 0),
                new EventPublisher(
                        event -> {
                            events.add(event);
                            if (event instanceof MigrationEvent.Started) {
                                onStarted.run();
                            }
                        },
                        timeSource),
                () -> stopping,
                (of, attempt, checkpoint) -> {
                    started++;
                    return work.get();
                });
        return new StartupProtocol(context).begin();
    }

    /** Takes the steps, with time passing in each pause. */
    private MigrationReport run(Step<MigrationReport> first) {
        Step<MigrationReport> step = first;
        for (int taken = 0; taken < 1_000; taken++) {
            if (step instanceof Step.StoreCall<MigrationReport> call) {
                step = call.operation().apply(objects);
            } else if (step instanceof Step.Wait<MigrationReport> pause) {
                if (!pause.condition().getAsBoolean()) {
                    nanos += pause.timeout().toNanos();
                }
                step = pause.next().get();
            } else {
                return ((Step.Done<MigrationReport>) step).result();
            }
        }
        throw new AssertionError("no end after 1,000 steps");
    }

    private LedgerState state() {
        return SimLedger.snapshot(objects, DEV).state();
    }

    @Test
    void an_action_that_dies_of_its_interrupt_just_after_it_was_left_behind_is_never_taken_for_done() {
        Played late = new Played() {
            private int asked;

            @Override
            public boolean ended() {
                // It dies between two looks at it, when the process has already turned away.
                if (interrupted && ++asked > 3) {
                    ended = true;
                    failure = new InterruptedException("half done");
                }
                return ended;
            }
        };
        Step<MigrationReport> start = start(SimMigration.Kind.PLAIN, () -> {
            stopping = true;
            return late;
        });
        assertThatThrownBy(() -> run(start)).isInstanceOf(RunCancelledException.class);
        assertThat(objects.read("dev/0001")).isInstanceOf(ReadResult.Absent.class);
        assertThat(state().applied()).isEmpty();
        assertThat(state().halted().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void a_listener_that_takes_longer_than_the_lease_lets_nothing_start_on_a_claim_that_is_gone() {
        onStarted = () -> {
            nanos += LEASE.toNanos() + 1;
            VersionedState seen = SimLedger.snapshot(objects, DEV);
            SimLedger.write(
                    objects,
                    DEV,
                    seen,
                    seen.state()
                            .fail(
                                    seen.state().running().attempt().token(),
                                    Outcome.INTERRUPTED,
                                    "no heartbeat",
                                    Instant.EPOCH,
                                    null));
        };
        Step<MigrationReport> start = start(SimMigration.Kind.PLAIN, Played::new);
        assertThatThrownBy(() -> run(start)).isInstanceOf(MigrationsBlockedException.class);
        assertThat(started).isZero();
    }

    @Test
    void a_restartable_action_that_goes_on_is_left_without_a_verdict_and_with_its_checkpoint() {
        Step<MigrationReport> start = start(SimMigration.Kind.RESUMABLE, () -> {
            stopping = true;
            return new Played();
        });
        assertThatThrownBy(() -> run(start)).isInstanceOf(RunCancelledException.class);
        assertThat(state().halted()).isNull();
        assertThat(state().running().checkpoint()).isEqualTo("row 7");
    }

    @Test
    void a_listener_that_throws_an_error_leaves_no_action_behind() {
        onStarted = () -> {
            throw new AssertionError("of a listener");
        };
        Played quick = new Played();
        quick.ended = true;
        assertThat(run(start(SimMigration.Kind.PLAIN, () -> quick)).applied()).hasSize(1);
    }
}
