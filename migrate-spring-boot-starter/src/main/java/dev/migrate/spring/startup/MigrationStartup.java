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
 * Runs the migrations once per application context.
 *
 * <p>The run has a separate thread. The launching thread polls it at short intervals, so that a shutdown can end a
 * startup that is blocked, even inside the context refresh.
 */
public final class MigrationStartup implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MigrationStartup.class);
    private static final long POLL_MILLIS = 50;

    private final MigrateProperties properties;
    private final LedgerPrefetch prefetch;
    private final StartupContextFactory contexts;
    private final MigrationMonitor monitor;
    private final ObjectProvider<StartupMode> modes;
    private final ApplicationStartup steps;
    private final LocalAttempts attempts = new LocalAttempts();

    private boolean launched;
    private volatile boolean stopping;
    private @Nullable Thread thread;
    private @Nullable MigrationRunner runner;

    public MigrationStartup(
            MigrateProperties properties,
            LedgerPrefetch prefetch,
            StartupContextFactory contexts,
            MigrationMonitor monitor,
            ObjectProvider<StartupMode> modes,
            ApplicationStartup steps) {
        this.properties = properties;
        this.prefetch = prefetch;
        this.contexts = contexts;
        this.monitor = monitor;
        this.modes = modes;
        this.steps = steps;
    }

    /** Opens the gate if migrations are disabled. */
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
     * Runs the migrations if they are configured for this phase.
     *
     * @throws RunCancelledException if a shutdown cancelled the run
     * @throws MigrationException if startup must fail
     */
    void launch(MigrateProperties.StartPhase phase) {
        if (!runsIn(phase)) {
            return;
        }
        launched = true;
        StartupStep step = steps.start("migrate.run")
                .tag("mode", lowerCase(properties.mode()))
                .tag("start", lowerCase(phase));
        var hook = new ShutdownHook(this::stop);
        try {
            launch();
        } finally {
            hook.remove();
            step.tag("state", lowerCase(monitor.snapshot().state())).end();
        }
    }

    /** Whether {@link #launch} would run the migrations. */
    boolean runsIn(MigrateProperties.StartPhase phase) {
        return properties.enabled() && phase() == phase && prefetch.store() != null && !launched;
    }

    private void launch() {
        StartupMode startupMode = startupMode();
        StartupContextFactory.StartupContextSource contextSource = contexts.prepare();
        var run = new FutureTask<@Nullable Void>(() -> run(contextSource, startupMode), null);
        start(new Thread(run, "migrate"));
        await(run);
        if (stopping) {
            throw new RunCancelledException(); // otherwise startup would continue in a closing context
        }
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A command always runs early, before the rest of the application starts. */
    private MigrateProperties.StartPhase phase() {
        return properties.mode() == MigrateProperties.Mode.ONCE
                ? MigrateProperties.StartPhase.EARLY
                : properties.start();
    }

    /** Returns the implementation of the configured mode; null for the normal run. */
    private @Nullable StartupMode startupMode() {
        MigrateProperties.Mode mode = properties.mode();
        if (mode == MigrateProperties.Mode.STARTUP) {
            return null;
        }
        return modes.stream()
                .filter(startupMode -> startupMode.mode() == mode)
                .findFirst()
                .orElseThrow(() -> new MigrateConfigurationException(
                        "migrate.mode is '" + lowerCase(mode) + "', but its auto-configuration is excluded.",
                        "Do not exclude dev.migrate.spring.command.CommandAutoConfiguration, or remove migrate.mode."));
    }

    private synchronized void start(Thread next) {
        thread = next;
        next.setDaemon(true);
        next.start();
    }

    /** Stops the active run and waits for its end. */
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

    private void run(StartupContextFactory.StartupContextSource contextSource, @Nullable StartupMode startupMode) {
        StartupContext context =
                contextSource.create(get(prefetch.identity()), get(prefetch.store()), attempts, this::register);
        monitor.setContext(context);
        if (startupMode != null) {
            startupMode.run(context);
        } else {
            MigrationReport unused = context.runner(context.settings(), new MigrationListener() {})
                    .run();
        }
    }

    private synchronized MigrationRunner register(MigrationRunner next) {
        if (stopping) {
            throw new RunCancelledException();
        }
        runner = next;
        return next;
    }

    private void await(FutureTask<?> run) {
        while (true) {
            try {
                run.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
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
            log.info("The run was cancelled by a shutdown; no further migrations run. The next start continues with"
                    + " the pending migrations.");
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
            return Objects.requireNonNull(future, "the prefetch did not begin").join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
