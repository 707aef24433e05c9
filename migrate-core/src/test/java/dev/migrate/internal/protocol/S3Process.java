package dev.migrate.internal.protocol;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.s3.S3ObjectStore;
import dev.migrate.s3.S3Stores;
import dev.migrate.testing.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A process that starts: a runner, its store in S3, and a proxy on the way there. Its clocks are in a hurry. */
final class S3Process implements AutoCloseable {

    private static final String CHECKPOINT = "half way";

    private final FaultProxy proxy;
    private final S3ObjectStore store;
    private final RunnerSettings settings;
    private final FastClock hurry;
    private final List<MigrationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch saved = new CountDownLatch(1);
    private volatile Waits waits;

    /** When a process began to wait, by {@link System#nanoTime}, and how many requests it had sent. */
    record Waits(long since, int requests) {}

    S3Process(URI server, EnvironmentName environment, int process, FastClock hurry) {
        this(server, environment, process, hurry, Duration.ofSeconds(30));
    }

    /**
     * @param process tells this one from the others
     * @param call how long a request may take
     */
    S3Process(URI server, EnvironmentName environment, int process, FastClock hurry, Duration call) {
        this.proxy = FaultProxy.to(server);
        this.store = S3Stores.at(proxy.endpoint(), S3Fixture.PLACE, call);
        this.hurry = hurry;
        this.settings = RunnerSettings.builder(environment, new Owner("host" + process, process, null))
                .deployment("d1")
                .lease(Duration.ofMinutes(10))
                .build();
    }

    FaultProxy proxy() {
        return proxy;
    }

    /**
     * Runs migrations 0001 and so on. The last one is resumable, and waits until its checkpoint is saved; the one before
     * it is rerunnable.
     *
     * @param migrations how many there are
     * @param act what each action does, given its number
     */
    MigrationReport run(int migrations, Consumer<String> act) {
        List<MigrationDefinition> given = new ArrayList<>();
        for (int i = 1; i <= migrations; i++) {
            String id = "000" + i;
            ResumableAction resumable = context -> {
                act.accept(id);
                context.saveCheckpoint(CHECKPOINT);
                if (!saved.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Nobody saved the checkpoint");
                }
            };
            given.add(
                    i == migrations
                            ? new TestLedger(MigrationId.of(id), "M" + id, false, resumable)
                            : new TestLedger(MigrationId.of(id), "M" + id, i == migrations - 1, () -> act.accept(id)));
        }
        MigrationRunner[] runner = new MigrationRunner[1];
        MigrationListener listener = MigrationListener.of(event -> {
            on(event);
            if (event instanceof MigrationEvent.AttemptFailed) {
                runner[0].stop(); // nobody would bring a fix
            }
        });
        runner[0] = new MigrationRunner(store, given, settings, listener, hurry, hurry::real);
        return runner[0].run();
    }

    private void on(MigrationEvent event) {
        if (event instanceof MigrationEvent.Waiting && waits == null) {
            waits = new Waits(System.nanoTime(), proxy.requests().size());
        }
        events.add(event);
        if (event instanceof MigrationEvent.ProgressReported beat
                && CHECKPOINT.equals(beat.running().checkpoint())) {
            saved.countDown();
        }
    }

    /** When it began to wait for another, and after how many requests. */
    Optional<Waits> waits() {
        return Optional.ofNullable(waits);
    }

    /** What was told of a run, but for what was told of the ledger. */
    List<String> story() {
        return told().flatMap(event -> {
                    if (event instanceof MigrationEvent.RunStarted opened) {
                        return Stream.of("opened " + opened.pending());
                    } else if (event instanceof MigrationEvent.Notice noticed) {
                        return Stream.of("noticed " + noticed.message());
                    } else if (event instanceof MigrationEvent.Started started) {
                        return Stream.of("started " + started.attempt().displayName());
                    } else if (event instanceof MigrationEvent.Applied applied) {
                        return Stream.of(
                                "applied " + applied.applied().attempt().displayName());
                    } else if (event instanceof MigrationEvent.Completed) {
                        return Stream.of("completed");
                    } else if (event instanceof MigrationEvent.AttemptFailed
                            || event instanceof MigrationEvent.TakenOver) {
                        return Stream.of(event.toString());
                    }
                    return Stream.empty();
                })
                .toList();
    }

    /** What was told of a ledger that is out of reach, or refuses. */
    List<String> trouble() {
        return told().flatMap(event -> {
                    if (event instanceof MigrationEvent.LedgerUnreachable unreachable) {
                        return Stream.of("unreachable: " + unreachable.message());
                    } else if (event instanceof MigrationEvent.Blocked blocked) {
                        BlockedStart block = blocked.block();
                        return Stream.of("blocked: " + block.description() + " " + block.action());
                    }
                    return Stream.empty();
                })
                .toList();
    }

    private Stream<MigrationEvent> told() {
        synchronized (events) {
            return List.copyOf(events).stream();
        }
    }

    @Override
    public void close() {
        proxy.close();
        store.close();
    }
}
