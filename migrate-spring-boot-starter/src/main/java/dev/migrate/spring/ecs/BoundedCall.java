package dev.migrate.spring.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request whose whole answer has a bound in time and size. The time-outs of a connection bound each read alone, so a
 * server that sends a byte now and then would hold up a start for ever.
 */
final class BoundedCall {

    /** The metadata of a task with many containers has some tens of kilobytes. */
    static final int LONGEST = 1024 * 1024;

    private BoundedCall() {}

    /**
     * Makes a request on a thread of its own, which is left behind when it takes too long.
     *
     * @throws IOException what the request throws, or if it is not done in time
     */
    static <T> T within(Duration atMost, Callable<T> request) throws IOException {
        FutureTask<T> task = new FutureTask<>(request);
        Thread thread = new Thread(task, "migrate-ecs-request");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("timed out: no whole answer in " + atMost.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a request was under way");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    /** Reads a body to its end, unless that is too far away or the thread was told to leave it. */
    static byte[] read(InputStream body) throws IOException {
        byte[] content = new byte[1024];
        int length = 0;
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("nobody waits for the answer any more");
            }
            if (length == content.length) {
                if (length >= LONGEST) {
                    throw new IOException("the answer has more than " + LONGEST + " bytes");
                }
                content = Arrays.copyOf(content, 2 * length);
            }
            int read = body.read(content, length, content.length - length);
            if (read < 0) {
                return Arrays.copyOf(content, length);
            }
            length += read;
        }
    }
}
