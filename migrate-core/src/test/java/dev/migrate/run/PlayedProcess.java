package dev.migrate.run;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ledger.Applied;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.LedgerState;
import dev.migrate.ledger.Owner;
import dev.migrate.ledger.Receipts;
import dev.migrate.ledger.Register;
import dev.migrate.ledger.Snapshot;
import dev.migrate.ledger.Step;
import dev.migrate.ledger.Ticker;
import dev.migrate.store.InMemoryObjectStore;
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
final class PlayedProcess {

    static final EnvironmentName DEV = new EnvironmentName("odin-dev");
    static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration GRACE = Duration.ofSeconds(25);
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final String REGISTER = "ledger.json";

    private static final int MOST_STEPS = 5_000;

    final InMemoryObjectStore objects;
    final PlayedStore store;
    final List<MigrationEvent> events = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final List<PlayedWork> works = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> agenda = new TreeMap<>();

    @Nullable
    String deployment = "d1";

    RunnerSettings.OnFailure onFailure = RunnerSettings.OnFailure.BLOCK;
    RunnerSettings.OutOfOrder outOfOrder = RunnerSettings.OutOfOrder.RUN;
    Duration lease = LEASE;
    /** What an action does once it is started; it ends well at once. */
    Consumer<PlayedWork> play = work -> work.ended = true;

    Consumer<MigrationEvent> listener = event -> {};
    /** No jitter, unless a test says otherwise. */
    RandomGenerator random = () -> 0;

    long nanos;
    boolean stopping;

    @Nullable
    MigrationReport report;

    private @Nullable Step<MigrationReport> step;
    private int texts;

    PlayedProcess() {
        this(new InMemoryObjectStore());
    }

    PlayedProcess(InMemoryObjectStore objects) {
        this.objects = objects;
        this.store = new PlayedStore(objects);
    }

    PlayedProcess start(PlayedMigration... migrations) {
        Ticker ticker = new Ticker() {
            @Override
            public long nanos() {
                return nanos;
            }

            @Override
            public Instant now() {
                return NOW;
            }
        };
        RunnerSettings settings = new RunnerSettings(
                DEV, deployment, new Owner("here", 1, null), lease, GRACE, onFailure, outOfOrder, true);
        String mine = "p" + System.identityHashCode(this) + "-";
        Tools tools = new Tools(
                new Plan(List.of(migrations), deployment, null),
                settings,
                new Register(DEV, () -> mine + "n" + texts++, ticker),
                new Receipts(DEV),
                ticker,
                () -> mine + "t" + texts++,
                new Herald(
                        event -> {
                            events.add(event);
                            listener.accept(event);
                        },
                        ticker),
                () -> stopping,
                (migration, attempt, checkpoint) -> {
                    PlayedWork work = new PlayedWork(migration, checkpoint);
                    works.add(work);
                    play.accept(work);
                    return work;
                },
                random);
        step = new StartupProtocol(tools).begin();
        return this;
    }

    /** What happens when the clock says so, during a pause. */
    void at(Duration when, Runnable happens) {
        agenda.computeIfAbsent(when.toNanos(), time -> new ArrayList<>()).add(happens);
    }

    /** Takes one step. */
    void take() {
        if (step instanceof Step.Call<MigrationReport> call) {
            step = call.ask().apply(store);
        } else if (step instanceof Step.Pause<MigrationReport> pause) {
            pauses.add(pause.most());
            sleep(pause);
            step = pause.then().get();
        } else {
            report = ((Step.End<MigrationReport>) step).result();
        }
    }

    private void sleep(Step.Pause<MigrationReport> pause) {
        long most = pause.most().toNanos();
        long end = most > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + most;
        while (!pause.until().getAsBoolean()) {
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
    PlayedProcess until(BooleanSupplier so) {
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
    PlayedProcess untilTime(Duration time) {
        return until(() -> nanos >= time.toNanos());
    }

    PlayedWork work() {
        return works.get(works.size() - 1);
    }

    <E> List<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> notices() {
        return told(MigrationEvent.Noticed.class).stream()
                .map(MigrationEvent.Noticed::message)
                .toList();
    }

    // The ledger, as one sees it who stands beside

    Snapshot snapshot() {
        return SimLedger.snapshot(objects, DEV);
    }

    LedgerState state() {
        return snapshot().state();
    }

    /** Another process writes the register. */
    void change(UnaryOperator<LedgerState> change) {
        Snapshot seen = snapshot();
        SimLedger.write(objects, DEV, seen, change.apply(seen.state()));
    }

    /** A register that an earlier process made, with nothing in it. */
    void givenFresh() {
        MigrationReport unused = new PlayedProcess(objects).start().finish();
    }

    /** A register as an earlier process left it. */
    void given(UnaryOperator<LedgerState> change) {
        givenFresh();
        change(change);
    }

    Optional<Applied> receipt(String id) {
        return new Receipts(DEV).find(objects, MigrationId.of(id));
    }

    /** As an operator does: an empty object. */
    void putReceipt(String id) {
        String unused = objects.create("odin-dev/" + id, new byte[0]);
    }

    /** Another process's attempt. */
    static Attempt attempt(String id, int number, String token, @Nullable String deployment) {
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

    static Applied applied(String id) {
        return new Applied(attempt(id, 1, "done" + id, "d0"), NOW, null);
    }
}
