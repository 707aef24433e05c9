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
 * Limits the total time and size of an HTTP response. The read timeout of a connection limits only each single read, so
 * a server that sends one byte at a time could delay startup for ever.
 */
final class BoundedCall {

    /** In bytes. The metadata of a task with many containers has some tens of kilobytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private BoundedCall() {}

    /**
     * Runs a request on a separate thread, which is interrupted and abandoned after a timeout.
     *
     * @throws IOException if the request throws it, or does not finish in time
     */
    static <T> T within(Duration timeout, Callable<T> request) throws IOException {
        FutureTask<T> task = new FutureTask<>(request);
        Thread thread = new Thread(task, "migrate-ecs-request");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("timed out: no complete response within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during a request");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    /** Reads a body completely. */
    static byte[] read(InputStream body) throws IOException {
        byte[] content = new byte[1024];
        int length = 0;
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the request was cancelled");
            }
            if (length == content.length) {
                if (length >= MAX_BYTES) {
                    throw new IOException("the response has more than " + MAX_BYTES + " bytes");
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
