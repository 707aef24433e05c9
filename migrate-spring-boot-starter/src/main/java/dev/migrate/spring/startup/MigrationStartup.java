package dev.migrate.spring.startup;

import dev.migrate.MigrationException;
import dev.migrate.internal.protocol.RunCancelledException;
import dev.migrate.internal.runner.MigrationRunner;
import dev.migrate.listener.MigrationListener;
import dev.migrate.listener.MigrationReport;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.StartupMode;
import java.util.Locale;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

/**
 * Runs the migrations, once in the life of an application context.
 *
 * <p>The run has a thread of its own, and whoever launches it waits in short slices: a main thread that waits for ever
 * inside the refresh of the context would be interrupted by Spring when the process is asked to end, and one that
 * cannot be woken would keep it from ending.
 */
public final class MigrationStartup implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MigrationStartup.class);
    private static final long SLICE_MILLIS = 50;

    private final MigrateProperties properties;
    private final LedgerPrefetch early;
    private final StartupContextFactory runs;
    private final MigrationMonitor monitor;
    private final ObjectProvider<StartupMode> tasks;
    private final ApplicationStartup steps;
    private final LocalAttempts attempts = new LocalAttempts();

    private boolean launched;
    private volatile boolean stopping;
    private @Nullable Thread thread;
    private @Nullable MigrationRunner runner;

    public MigrationStartup(
            MigrateProperties properties,
            LedgerPrefetch early,
            StartupContextFactory runs,
            MigrationMonitor monitor,
            ObjectProvider<StartupMode> tasks,
            ApplicationStartup steps) {
        this.properties = properties;
        this.early = early;
        this.runs = runs;
        this.monitor = monitor;
        this.tasks = tasks;
        this.steps = steps;
    }

    /** Where nothing is to be run, the application may serve from its first moment. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!properties.enabled()) {
            if (properties.mode() == MigrateProperties.Mode.ONCE) {
                throw new MigrateConfigurationException(
                        "migrate.mode is 'once', but migrate.enabled is false. Nothing was done.",
                        "Set migrate.enabled=true (or the environment variable MIGRATE_ENABLED) for the command.");
            }
            log.info("Migrations are disabled (migrate.enabled=false, the default in tests).");
            monitor.open();
        }
    }

    /**
     * Runs the migrations if this is the moment to do so.
     *
     * @throws RunCancelledException if the application is asked to end
     * @throws MigrationException if the start cannot go on
     */
    void launch(MigrateProperties.StartPhase moment) {
        if (!properties.enabled() || moment() != moment || early.store() == null || launched) {
            return;
        }
        launched = true;
        StartupStep step =
                steps.start("migrate.run").tag("mode", word(properties.mode())).tag("start", word(moment));
        var hook = new ShutdownHook(this::stop);
        try {
            launch();
        } finally {
            hook.remove();
            step.tag("state", word(monitor.snapshot().state())).end();
        }
    }

    private void launch() {
        StartupMode task = task();
        StartupContextFactory.StartupContextSource prepared = runs.prepare();
        var run = new FutureTask<@Nullable Void>(() -> run(prepared, task), null);
        start(new Thread(run, "migrate"));
        await(run);
        if (stopping) {
            throw new RunCancelledException(); // or what comes next would start on a context that closes
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A command is over before anything else of the application starts. */
    private MigrateProperties.StartPhase moment() {
        return properties.mode() == MigrateProperties.Mode.ONCE
                ? MigrateProperties.StartPhase.EARLY
                : properties.start();
    }

    /** What the mode asks for; null for the usual run. */
    private @Nullable StartupMode task() {
        MigrateProperties.Mode mode = properties.mode();
        if (mode == MigrateProperties.Mode.STARTUP) {
            return null;
        }
        return tasks.stream()
                .filter(task -> task.mode() == mode)
                .findFirst()
                .orElseThrow(() -> new MigrateConfigurationException(
                        "migrate.mode is '" + word(mode) + "', but the auto-configuration that does this is excluded.",
                        "Do not exclude dev.migrate.spring.command.CommandAutoConfiguration, or leave the mode out."));
    }

    private synchronized void start(Thread next) {
        thread = next;
        next.setDaemon(true);
        next.start();
    }

    /** Ends what runs, if anything does; returns when a run has ended. */
    void stop() {
        MigrationRunner running;
        synchronized (this) {
            stopping = true;
            running = runner;
            if (running == null && thread != null) {
                thread.interrupt();
            }
        }
        if (running != null) {
            running.stop();
        }
    }

    private void run(StartupContextFactory.StartupContextSource prepared, @Nullable StartupMode task) {
        StartupContext place = prepared.create(get(early.identity()), get(early.store()), attempts, this::begin);
        monitor.at(place);
        if (task != null) {
            task.run(place);
        } else {
            MigrationReport unused =
                    place.runner(place.settings(), new MigrationListener() {}).run();
        }
    }

    private synchronized MigrationRunner begin(MigrationRunner next) {
        if (stopping) {
            throw new RunCancelledException();
        }
        runner = next;
        return next;
    }

    private void await(FutureTask<?> run) {
        while (true) {
            try {
                run.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (stopping && isBeforeRun()) {
                    throw new RunCancelledException();
                }
            } catch (ExecutionException e) {
                throw failure(Objects.requireNonNullElse(e.getCause(), e));
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
                throw new RunCancelledException();
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
        if (cause instanceof RunCancelledException && !isBeforeRun()) {
            log.info(
                    "The process was told to end, and runs no migration any more; the next start goes on with what is pending.");
        }
        if (cause instanceof RunCancelledException || cause instanceof MigrateConfigurationException) {
            return (MigrationException) cause;
        }
        if (cause instanceof MigrationException failed) {
            return new MigrationStartupException(failed, ExitCode.of(failed, attempts::include));
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
