package dev.migrate.internal.protocol;

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
import dev.migrate.listener.AppliedMigration;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One process, taken step by step. The steps are those of production; its clock, its store and its actions do what a test
 * says, so that every moment comes about exactly, and at once.
 */
public final class ScriptedProcess {

    public static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    public static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration GRACE = Duration.ofSeconds(25);
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final String REGISTER = "ledger.json";

    private static final int MOST_STEPS = 5_000;

    final InMemoryObjectStore objects;
    final ScriptedStore store;
    final List<MigrationEvent> events = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final List<ScriptedExecution> works = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> agenda = new TreeMap<>();

    @Nullable
    String deployment = "d1";

    RunnerSettings.OnFailure onFailure = RunnerSettings.OnFailure.BLOCK;
    RunnerSettings.OutOfOrder outOfOrder = RunnerSettings.OutOfOrder.RUN;
    Duration lease = LEASE;
    /** What an action does once it is started; it ends well at once. */
    Consumer<ScriptedExecution> play = work -> work.ended = true;

    Consumer<MigrationEvent> listener = event -> {};
    /** No jitter, unless a test says otherwise. */
    RandomGenerator random = () -> 0;

    long nanos;
    boolean stopping;

    @Nullable
    MigrationReport report;

    private @Nullable Step<MigrationReport> step;
    private int texts;

    ScriptedProcess() {
        this(new InMemoryObjectStore());
    }

    ScriptedProcess(InMemoryObjectStore objects) {
        this.objects = objects;
        this.store = new ScriptedStore(objects);
    }

    ScriptedProcess start(ScriptedMigration... migrations) {
        TimeSource timeSource = new TimeSource() {
            @Override
            public long monotonicNanos() {
                return nanos;
            }

            @Override
            public Instant wallTime() {
                return NOW;
            }
        };
        RunnerSettings settings = RunnerSettings.builder(DEV, new Owner("here", 1, null))
                .deployment(deployment)
                .lease(lease)
                .shutdownGrace(GRACE)
                .onFailure(onFailure)
                .outOfOrder(outOfOrder)
                .build();
        String mine = "p" + System.identityHashCode(this) + "-";
        ProtocolContext context = new ProtocolContext(
                new Plan(List.of(migrations), deployment, null),
                settings,
                new RegisterRepository(DEV, () -> mine + "n" + texts++, timeSource),
                new ReceiptRepository(DEV),
                new ProtocolContext.Effects(timeSource, () -> mine + "t" + texts++, random),
                new EventPublisher(
                        event -> {
                            events.add(event);
                            listener.accept(event);
                        },
                        timeSource),
                () -> stopping,
                (migration, attempt, checkpoint) -> {
                    ScriptedExecution work = new ScriptedExecution(migration, checkpoint);
                    works.add(work);
                    play.accept(work);
                    return work;
                });
        step = new StartupProtocol(context).begin();
        return this;
    }

    /** What happens when the clock says so, during a pause. */
    void at(Duration when, Runnable happens) {
        agenda.computeIfAbsent(when.toNanos(), time -> new ArrayList<>()).add(happens);
    }

    /** Takes one step. */
    void take() {
        if (step instanceof Step.StoreCall<MigrationReport> call) {
            step = call.operation().apply(store);
        } else if (step instanceof Step.Wait<MigrationReport> pause) {
            pauses.add(pause.timeout());
            sleep(pause);
            step = pause.next().get();
        } else {
            report = ((Step.Done<MigrationReport>) step).result();
        }
    }

    private void sleep(Step.Wait<MigrationReport> pause) {
        long most = pause.timeout().toNanos();
        long end = most > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + most;
        while (!pause.condition().getAsBoolean()) {
            Map.Entry<Long, List<Runnable>> next = agenda.firstEntry();
            if (next == null || next.getKey() > end) {
                nanos = end;
                return;
            }
            nanos = Math.max(nanos, next.getKey());
            agenda.remove(next.getKey()).forEach(Runnable::run);
        }
    }

    /** Takes steps until something is so. */
    ScriptedProcess until(BooleanSupplier so) {
        for (int taken = 0; !so.getAsBoolean(); taken++) {
            if (taken > MOST_STEPS || report != null) {
                throw new AssertionError("it never came so: " + report + " " + store.calls + " " + events);
            }
            take();
        }
        return this;
    }

    /** Takes steps until the end. */
    MigrationReport finish() {
        until(() -> report != null);
        return report;
    }

    /** Takes steps until the clock says so. */
    ScriptedProcess untilTime(Duration time) {
        return until(() -> nanos >= time.toNanos());
    }

    ScriptedExecution work() {
        return works.get(works.size() - 1);
    }

    <E> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> notices() {
        return told(MigrationEvent.Notice.class).stream()
                .map(MigrationEvent.Notice::message)
                .toList();
    }

    // The ledger, as one sees it who stands beside

    VersionedState snapshot() {
        return SimLedger.snapshot(objects, DEV);
    }

    LedgerState state() {
        return snapshot().state();
    }

    /** Another process writes the register. */
    void change(UnaryOperator<LedgerState> change) {
        VersionedState seen = snapshot();
        SimLedger.write(objects, DEV, seen, change.apply(seen.state()));
    }

    /** A register that an earlier process made, with nothing in it. */
    void givenFresh() {
        MigrationReport unused = new ScriptedProcess(objects).start().finish();
    }

    /** A register as an earlier process left it. */
    void given(UnaryOperator<LedgerState> change) {
        givenFresh();
        change(change);
    }

    Optional<AppliedMigration> receipt(String id) {
        return new ReceiptRepository(DEV).find(objects, MigrationId.of(id));
    }

    /** As an operator does: an empty object. */
    void putReceipt(String id) {
        String unused = objects.create("odin-dev/" + id, new byte[0]);
    }

    /** Another process's attempt. */
    public static Attempt attempt(String id, int number, String token, @Nullable String deployment) {
        return new Attempt(
                MigrationId.of(id),
                "M" + id,
                number,
                token,
                NOW,
                deployment,
                new Owner("there", 2, null),
                false,
                Map.of());
    }

    public static AppliedMigration applied(String id) {
        return new AppliedMigration(attempt(id, 1, "done" + id, "d0"), NOW, null);
    }
}
