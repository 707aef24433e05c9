package dev.migrate.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that want to create the same objects, some of them killed in the middle of a create or a replace. */
@Timeout(120)
class DirectoryCreatorsTest {

    private static final int HALF_DONE = 6;
    private static final int MOST_VICTIMS = 40;

    @TempDir
    Path folder;

    /** What each process said, by its name. */
    private final Map<String, Set<String>> said = new HashMap<>();

    private final Map<String, Process> processes = new HashMap<>();

    @Test
    void each_object_has_one_creator_and_a_killed_process_leaves_it_whole_and_the_folder_unlocked() throws Exception {
        DirectoryObjectStore store = new DirectoryObjectStore(folder);
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> readLatestUntil(store, end));
        try {
            BufferedReader steady = start("steady", 0);
            listen("steady", steady, 1);
            int victims = 0;
            for (int halfDone = 0; halfDone < HALF_DONE; victims++) {
                assertThat(victims).as("victims").isLessThan(MOST_VICTIMS);
                String victim = "victim" + victims;
                BufferedReader output = start(victim, objects(store));
                // After an odd number of lines it is about to replace, after an even one about to create.
                listen(victim, output, 1 + victims % 2);
                kill(victim, output);
                halfDone += leftHalfDone(store, victim) ? 1 : 0;
            }
            // The survivor goes on: beside it, nobody holds anything.
            listen("steady", steady, 4);
            kill("steady", steady);
        } finally {
            end.set(true);
            processes.values().forEach(process -> process.toHandle().destroyForcibly());
        }
        assertThat(reader.get(30, TimeUnit.SECONDS))
                .as("objects read while they were written")
                .isPositive();
        checkAll(store);
        for (int number = 0; number < objects(store); number++) {
            ReadResult.Found found = (ReadResult.Found) store.read(CreatorProcess.key(number));
            store.replace(
                    CreatorProcess.key(number),
                    CreatorProcess.content("survivor", CreatorProcess.DONE),
                    found.version());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(".lock", "race");
        }
    }

    /** Reads what is being written, and throws when it sees a part of it. Says how many objects it read. */
    private static int readLatestUntil(ObjectStore store, AtomicBoolean end) {
        int number = 0;
        while (!end.get()) {
            if (store.read(CreatorProcess.key(number)) instanceof ReadResult.Found found) {
                String[] unused = CreatorProcess.told(found.content());
            }
            if (store.read(CreatorProcess.key(number + 1)) instanceof ReadResult.Found) {
                number++;
            }
        }
        return number;
    }

    /** No object is torn, none is left out, and each is as the one process said that it created it. */
    private void checkAll(ObjectStore store) {
        List<String> names = IntStream.range(0, objects(store))
                .mapToObj(CreatorProcess::key)
                .map(key -> key.substring("race/".length()))
                .toList();
        assertThat(store.list("race", 1_000_000)).containsExactlyInAnyOrderElementsOf(names);
        for (int number = 0; number < names.size(); number++) {
            String[] told = told(store, number);
            String created = CreatorProcess.CREATED + " " + number;
            String done = CreatorProcess.DONE + " " + number;
            assertThat(said.entrySet())
                    .filteredOn(one ->
                            one.getValue().contains(created) || one.getValue().contains(done))
                    .extracting(Map.Entry::getKey)
                    .as("who said of %s that it created it", number)
                    .isSubsetOf(told[0]);
            if (said.get(told[0]).contains(done)) {
                assertThat(told[1]).as("state of %s", number).isEqualTo(CreatorProcess.DONE);
            }
        }
    }

    /** Whether it was killed between the answer to a create and the end of the replace that followed. */
    private boolean leftHalfDone(ObjectStore store, String victim) {
        return said.get(victim).stream()
                .filter(line -> line.startsWith(CreatorProcess.CREATED))
                .map(line -> Integer.parseInt(line.split(" ")[1]))
                .anyMatch(number -> told(store, number)[1].equals(CreatorProcess.CREATED));
    }

    private static String[] told(ObjectStore store, int number) {
        return CreatorProcess.told(((ReadResult.Found) store.read(CreatorProcess.key(number))).content());
    }

    private static int objects(ObjectStore store) {
        return store.list("race", 1_000_000).size();
    }

    private void listen(String name, BufferedReader output, int lines) throws Exception {
        for (int i = 0; i < lines; i++) {
            String line = output.readLine();
            assertThat(line).as("what %s says", name).isNotNull();
            said.get(name).add(line);
        }
    }

    /** By the handle, which leaves the output to be read. */
    private void kill(String name, BufferedReader output) throws Exception {
        Process process = processes.get(name);
        assertThat(process.isAlive()).as("nothing went wrong in %s", name).isTrue();
        process.toHandle().destroyForcibly();
        output.lines().filter(line -> line.matches("[a-z]+ \\d+")).forEach(said.get(name)::add);
        process.waitFor();
    }

    private BufferedReader start(String name, int from) throws Exception {
        said.put(name, new HashSet<>());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CreatorProcess.class.getName(),
                        folder.toString(),
                        name,
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.put(name, process);
        return process.inputReader();
    }
}
