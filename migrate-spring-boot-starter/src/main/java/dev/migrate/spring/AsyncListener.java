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
 * Tells a listener on a thread of its own, one event after the other: however long it takes, the run goes on. What it
 * cannot keep up with is left out, and the log says so.
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
     * Sets a listener aside. It costs no thread before the first event.
     *
     * @param name what the thread is called
     * @param listeners makes the listener
     * @param atEnd how long {@link #close} waits for what was not told yet
     */
    public AsyncListener(String name, ListenerFactory listeners, Duration atEnd) {
        this.name = name;
        this.listeners = listeners;
        this.closeTimeout = atEnd;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_QUEUED),
                work -> {
                    Thread made = new Thread(work, name);
                    made.setDaemon(true);
                    return made;
                },
                (work, full) -> log.warn("{} cannot keep up, or has ended: an event is left out", name));
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
        } catch (Throwable e) { // also an error, and what was thrown without being declared
            log.warn("{} failed to take {}", name, event, ForeignText.printable(e));
        }
    }

    /** Waits until all was told, for as long as was said, and takes nothing more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                int left = thread.shutdownNow().size();
                log.warn("{} did not end in {} ms; {} more events are left out", name, closeTimeout.toMillis(), left);
            }
        } catch (InterruptedException e) {
            var unused = thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
