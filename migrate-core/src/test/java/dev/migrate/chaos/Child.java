package dev.migrate.chaos;

import dev.migrate.testing.FaultProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A running application, with a proxy of its own, and what was done to it. */
final class Child implements AutoCloseable {

    private static final long MOST_SECONDS_TO_DIE = 10;

    final String name;
    final Build build;
    private final Process process;
    private final FaultProxy proxy;
    private final Timeline timeline;
    private final long startedAt = System.currentTimeMillis();
    private final List<AppliedFault> done = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile Long servedAt;
    private boolean missed;

    Child(String name, Build build, Process process, FaultProxy proxy, Timeline timeline) {
        this.name = name;
        this.build = build;
        this.process = process;
        this.proxy = proxy;
        this.timeline = timeline;
        timeline.add(name, "is started as " + pid() + ", " + build.deployment());
        this.reader = new Thread(this::read, "says-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.equals("serves")) {
                    servedAt = System.currentTimeMillis();
                }
                timeline.add(name, "says " + line);
            }
        } catch (IOException e) {
            timeline.add(name, "cannot be heard: " + e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether SIGKILL or SIGTERM was sent to it. */
    boolean isKilled() {
        return done.stream().anyMatch(fault -> fault.signal() != InjectedFault.Signal.STOP);
    }

    /** Whether it is frozen now. */
    boolean frozen() {
        return done.stream().anyMatch(fault -> fault.until() == Long.MAX_VALUE);
    }

    /** Whether it was killed or terminated and has ended; true once only. */
    boolean leavesAGap() {
        boolean gap = !missed && isKilled() && !alive();
        missed |= gap;
        return gap;
    }

    void kill(boolean random) throws IOException {
        note(InjectedFault.Signal.KILL, random, 0);
        process.toHandle().destroyForcibly();
        try {
            if (!process.waitFor(MOST_SECONDS_TO_DIE, TimeUnit.SECONDS)) {
                throw new IOException(name + " outlives its kill -9");
            }
        } catch (InterruptedException e) {
            throw new IOException("The round was given up", e);
        }
    }

    void terminate(boolean random) {
        note(InjectedFault.Signal.TERM, random, 0);
        process.toHandle().destroy();
    }

    /**
     * Freezes it, and returns when it is frozen. A shell wakes it up, which does so too when this JVM is gone.
     *
     * @return ends when it is awake again
     */
    Process freeze(boolean random, long millis) throws IOException {
        int index = note(InjectedFault.Signal.STOP, random, Long.MAX_VALUE);
        String seconds = String.format(Locale.ROOT, "%.3f", millis / 1000.0);
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "trap '' INT HUP TERM; kill -STOP $0; echo frozen; sleep $1; kill -CONT $0",
                        "" + pid(),
                        seconds)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String unused = shell.inputReader().readLine();
        shell.onExit().thenRun(() -> {
            done.set(index, done.get(index).until(System.currentTimeMillis()));
            timeline.add(name, "goes on");
        });
        return shell;
    }

    private synchronized int note(InjectedFault.Signal signal, boolean random, long until) {
        done.add(new AppliedFault(signal, random, System.currentTimeMillis(), until));
        timeline.add(name, signal.name());
        return done.size() - 1;
    }

    /** The round is over. */
    void tellToEnd() {
        process.toHandle().destroy();
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS_TO_DIE, TimeUnit.SECONDS)) {
            timeline.add(name, "does not end when it is told to");
        }
    }

    /** Lets it say what its threads do. */
    void dumpThreads() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", "" + pid()).start().waitFor();
        TimeUnit.MILLISECONDS.sleep(500);
    }

    ProcessOutcome outcome() throws InterruptedException {
        if (!alive()) {
            reader.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS_TO_DIE));
        }
        return new ProcessOutcome(
                name,
                pid(),
                build,
                startedAt,
                List.copyOf(done),
                List.copyOf(lines),
                servedAt,
                alive() ? null : process.exitValue());
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        proxy.close();
    }
}
