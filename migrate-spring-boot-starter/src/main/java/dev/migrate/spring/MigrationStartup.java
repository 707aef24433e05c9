package dev.migrate.spring;

import dev.migrate.MigrationException;
import dev.migrate.run.MigrationRunner;
import dev.migrate.run.MigrationsStoppedException;
import dev.migrate.store.ObjectStore;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Runs the migrations, once in the life of an application context.
 *
 * <p>The run has a thread of its own, and whoever launches it waits in short slices: a main thread that waits for ever
 * inside the refresh of the context would be interrupted by Spring when the process is asked to end, and one that
 * cannot be woken would keep it from ending.
 */
final class MigrationStartup implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MigrationStartup.class);
    private static final long SLICE_MILLIS = 50;

    private final MigrateProperties properties;
    private final EarlyRead early;
    private final RunFactory runs;
    private final MigrationMonitor monitor;
    private final OwnAttempts attempts = new OwnAttempts();

    private boolean launched;
    private volatile boolean stopping;
    private @Nullable MigrationRunner runner;

    MigrationStartup(MigrateProperties properties, EarlyRead early, RunFactory runs, MigrationMonitor monitor) {
        this.properties = properties;
        this.early = early;
        this.runs = runs;
        this.monitor = monitor;
    }

    /** Where nothing is to be run, the application may serve from its first moment. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!properties.enabled()) {
            log.info("Migrations are switched off (migrate.enabled=false, the default in tests): none is run.");
            monitor.open();
        }
    }

    /**
     * Runs the migrations if this is the moment to do so.
     *
     * @throws MigrationsStoppedException if the application is asked to end
     * @throws MigrationException if the start cannot go on
     */
    void launch(MigrateProperties.Start moment) {
        if (!properties.enabled() || properties.start() != moment || early.store() == null || launched) {
            return;
        }
        launched = true;
        RunFactory.Prepared prepared = runs.prepare();
        var run = new FutureTask<@Nullable Void>(() -> run(prepared), null);
        Thread thread = new Thread(run, "migrate");
        thread.setDaemon(true);
        thread.start();
        await(run);
        if (stopping) {
            throw new MigrationsStoppedException(); // or what comes next would start on a context that closes
        }
    }

    /** Ends the run, if there is one; returns when it has ended. */
    void stop() {
        MigrationRunner running;
        synchronized (this) {
            stopping = true;
            running = runner;
        }
        if (running != null) {
            running.stop();
        }
    }

    private void run(RunFactory.Prepared prepared) {
        Surroundings here = get(early.surroundings());
        ObjectStore store = get(early.store());
        MigrationRunner next = prepared.make(here, store, attempts);
        synchronized (this) {
            if (stopping) {
                throw new MigrationsStoppedException();
            }
            runner = next;
        }
        next.run();
    }

    private void await(FutureTask<?> run) {
        while (true) {
            try {
                run.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (stopping && isBeforeRun()) {
                    throw new MigrationsStoppedException();
                }
            } catch (ExecutionException e) {
                throw failure(Objects.requireNonNullElse(e.getCause(), e));
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
                throw new MigrationsStoppedException();
            }
        }
    }

    private synchronized boolean isBeforeRun() {
        return runner == null;
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof MigrationsStoppedException) {
            log.info(
                    "The process was told to end before all migrations were applied; the next start goes on from here.");
        }
        if (cause instanceof MigrationsStoppedException || cause instanceof MigrateConfigurationException) {
            return (MigrationException) cause;
        }
        if (cause instanceof MigrationException failed) {
            return new FailedStartException(failed, ExitCode.of(failed, attempts::include));
        }
        return cause instanceof RuntimeException failed ? failed : new IllegalStateException(cause);
    }

    private static <T> T get(@Nullable CompletableFuture<T> future) {
        try {
            return Objects.requireNonNull(future, "nothing was begun").join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
