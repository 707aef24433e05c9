package dev.migrate.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a process of its own, seen from outside: by its log, its port and its end. */
final class Service implements AutoCloseable {

    /** Generous, because a test machine can be slow; nothing waits for it to pass when all is well. */
    static final Duration LONG = Duration.ofMinutes(5);

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final Process process;
    private final List<String> log = new ArrayList<>();
    private final Thread hook;
    private final Thread reader;

    Service(Process process) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "end-service");
        Runtime.getRuntime().addShutdownHook(hook);
        reader = new Thread(this::read, "service-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add(e.toString());
        }
    }

    private synchronized void add(String line) {
        log.add(line);
        notifyAll();
    }

    synchronized List<String> log() {
        return List.copyOf(log);
    }

    boolean said(String text) {
        return log().stream().anyMatch(line -> line.contains(text));
    }

    /** Waits for a line of the log that holds the text. */
    String await(String text) {
        return await(line -> line.contains(text), "'" + text + "'");
    }

    private synchronized String await(Predicate<String> wanted, String description) {
        long deadline = System.nanoTime() + LONG.toNanos();
        int next = 0;
        while (true) {
            for (; next < log.size(); next++) {
                if (wanted.test(log.get(next))) {
                    return log.get(next);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || !process.isAlive() && next == log.size() && left < LONG.toMillis() - 2_000) {
                throw new AssertionError("No " + description + " in the log (" + state() + "):\n" + text());
            }
            try {
                wait(Math.min(left, 1_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    int port() {
        Matcher matcher = PORT.matcher(await(line -> PORT.matcher(line).find(), "port"));
        if (!matcher.find()) {
            throw new AssertionError("no port");
        }
        return Integer.parseInt(matcher.group(1));
    }

    HttpResponse<String> get(String path) {
        return get(path, "*/*");
    }

    /** As a browser asks. */
    HttpResponse<String> page(String path) {
        return get(path, "text/html,*/*;q=0.8");
    }

    private HttpResponse<String> get(String path, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path + " (" + state() + "):\n" + text(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    int status(String path) {
        return get(path).statusCode();
    }

    /** Waits until the service says that it is ready, which is when it is let through to its controllers. */
    Service awaitReady() {
        await("are complete");
        awaitTrue(() -> status("/actuator/health/readiness") == 200, "readiness");
        return this;
    }

    /** Waits until it is blocked, whatever by. */
    String awaitBlocked() {
        return await("Startup is blocked");
    }

    void awaitTrue(BooleanSupplier condition, String description) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("No " + description + " (" + state() + "):\n" + text());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** No answer is one that is not yet as it should be. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. Says how long it took to end. */
    Duration terminate() {
        long begun = System.nanoTime();
        process.toHandle().destroy(); // unlike Process.destroy, this leaves its output to be read
        awaitEnd();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits for the end, and gives the exit code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end:\n" + text());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All that it printed, when it has ended. */
    String awaitOutput() {
        try {
            reader.join(LONG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return text();
    }

    /** Ends it without ceremony. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is shutting down, and the hook does its work.
        }
    }

    String text() {
        return String.join("\n", log());
    }

    private String state() {
        return process.isAlive() ? "running" : "ended with " + process.exitValue();
    }
}
