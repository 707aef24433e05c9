package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.ReadResult;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one folder, some of them killed in the middle of whatever they were doing. */
@Timeout(120)
class DirectoryProcessesTest {

    private static final int WITHOUT_END = 1_000_000;

    @TempDir
    Path folder;

    private DirectoryObjectStore store;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void createCounter() {
        store = new DirectoryObjectStore(folder);
        store.create(CounterProcess.KEY, CounterProcess.content(0));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsTornWhenWritersAreKilled() throws Exception {
        Process steady = start(WITHOUT_END);
        BufferedReader steadySaid = steady.inputReader();
        assertThat(steadySaid.readLine()).isNotNull();
        long acknowledged = 1;
        int kills = 5; // the steady one is the last
        for (int i = 1; i < kills; i++) {
            Process victim = start(WITHOUT_END);
            BufferedReader said = victim.inputReader();
            for (int seen = 0; seen < 30; seen++) {
                assertThat(said.readLine()).isNotNull();
                acknowledged++;
                count();
            }
            acknowledged += killAndCount(victim, said);
        }
        acknowledged += killAndCount(steady, steadySaid);

        // A thread may be killed after it wrote and before it said so, once each.
        assertThat(count()).isBetween(acknowledged, acknowledged + kills * CounterProcess.THREADS);
    }

    @Test
    void theLockOfAKilledProcessIsFreeAndWhatItLeftGoesAway() throws Exception {
        Process victim = start(WITHOUT_END);
        assertThat(victim.inputReader().readLine()).isNotNull();
        victim.destroyForcibly();
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();

        String version = ((ReadResult.Found) store.read(CounterProcess.KEY)).version();
        store.replace(CounterProcess.KEY, CounterProcess.content(0), version);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(".lock", "race");
        }
    }

    /** By the handle, which leaves the output to be read. */
    private static long killAndCount(Process process, BufferedReader said) throws Exception {
        assertThat(process.isAlive()).as("nothing went wrong in the process").isTrue();
        process.toHandle().destroyForcibly();
        long rest = said.lines().filter(line -> line.matches("\\d+")).count();
        process.waitFor();
        return rest;
    }

    private long count() {
        return CounterProcess.count(((ReadResult.Found) store.read(CounterProcess.KEY)).content());
    }

    private Process start(int times) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CounterProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(times))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }
}
