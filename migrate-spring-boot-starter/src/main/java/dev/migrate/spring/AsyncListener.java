package dev.migrate.spring;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.MigrationEvent;
import dev.migrate.listener.MigrationListener;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to a listener on a separate thread, in order, so that a slow listener does not delay the run. If more
 * than 1,000 events are queued, new events are discarded with a log warning.
 *
 * @since 0.1
 */
public final class AsyncListener implements ListenerFactory, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AsyncListener.class);
    private static final int MAX_QUEUED = 1_000;

    private final String name;
    private final ListenerFactory listeners;
    private final Duration closeTimeout;
    private final ThreadPoolExecutor thread;

    /**
     * Creates the wrapper. The thread starts with the first event.
     *
     * @param name name of the thread, also used in log messages
     * @param listeners creates the wrapped listener
     * @param closeTimeout how long {@link #close} waits for queued events
     */
    public AsyncListener(String name, ListenerFactory listeners, Duration closeTimeout) {
        this.name = name;
        this.listeners = listeners;
        this.closeTimeout = closeTimeout;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_QUEUED),
                work -> {
                    Thread worker = new Thread(work, name);
                    worker.setDaemon(true);
                    return worker;
                },
                (work, full) -> log.warn("{} is too slow or closed; an event is discarded", name));
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public @Nullable MigrationListener listenerFor(RunnerSettings settings) {
        MigrationListener listener = listeners.listenerFor(settings);
        return listener == null ? null : MigrationListener.of(event -> thread.execute(() -> deliver(listener, event)));
    }

    private void deliver(MigrationListener listener, MigrationEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) { // including errors and undeclared checked exceptions
            log.warn("{} failed to handle {}", name, event, ForeignText.printable(e));
        }
    }

    /** Stops accepting events and waits for the queued ones, at most for the configured time. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                int discarded = thread.shutdownNow().size();
                log.warn(
                        "{} did not finish within {} ms; {} queued events are discarded",
                        name,
                        closeTimeout.toMillis(),
                        discarded);
            }
        } catch (InterruptedException e) {
            var unused = thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
