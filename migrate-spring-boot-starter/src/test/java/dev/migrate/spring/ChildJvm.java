package dev.migrate.spring;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process with the class path of the tests. What it prints is kept; it is ended by its id, whatever happens. */
public final class ChildJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String END = "\u0000end";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    public ChildJvm(List<String> options, Class<?> main, String... arguments) throws IOException {
        this(System.getProperty("java.class.path"), options, main, arguments);
    }

    /** The class path of the tests without some of its jars. */
    public static String classPathWithout(String part) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public ChildJvm(String classPath, List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                // It is started for seconds: the best code does not pay.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|ECS|MIGRATE|SPRING)_.*|JAVA_TOOL_OPTIONS"));
        process = builder.start();
        Thread reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add(e.toString());
        }
        lines.add(END);
    }

    /** Waits for a line that holds a text. */
    public void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("No line with '" + text + "' in:\n" + String.join("\n", seen));
            }
            seen.add(line);
            if (line.contains(text)) {
                return;
            }
        }
    }

    /** Asks the process to end, as an orchestrator does. */
    public void terminate() {
        process.toHandle().destroy(); // the process itself would close its output at once
    }

    /** Waits for the end of the process, no longer than so. */
    public int exitCode(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It has not ended in " + limit + ":\n" + output());
        }
        return process.exitValue();
    }

    /** What the process has printed so far; everything, when it has ended. */
    public String output() throws InterruptedException {
        if (!process.isAlive()) {
            String line;
            while ((line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)) != null && !line.equals(END)) {
                seen.add(line);
            }
            lines.add(END);
        } else {
            lines.drainTo(seen);
        }
        return String.join("\n", seen);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
