package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command in the table of {@code docs/operations.md}, by the sample's jar in a process of its own: exit code, output
 * and ledger.
 */
class OperationsCheck {

    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Pattern ROW = Pattern.compile("\\| .+? \\| `([^`]+)` \\| .+ \\| (\\d).* \\|");
    private static final String HALTED =
            """
            {"format": 1, "environment": "odin-dev", "revision": 5, "nonce": "n", "applied": [
              {"id": "0001", "name": "CreateCars", "attempt": 1}, {"id": "0002", "name": "PriceCars", "attempt": 1}],
             "halted": {"id": "0003", "name": "AddTestCars", "attempt": 1, "token": "t", "verdict": "INTERRUPTED",
              "owner": {"host": "gone", "pid": 7}}, "attempts": []}
            """;

    /** From which ledger a command starts, what it prints, and which receipts are there in the end. */
    private record Case(Path from, String prints, String... receipts) {}

    @TempDir
    static Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private static Path fresh;
    private static Path three;
    private static Path halted;

    @BeforeAll
    static void prepare() throws IOException {
        fresh = Files.createDirectory(folder.resolve("fresh"));
        three = Files.createDirectory(folder.resolve("three"));
        Launch.Ended made = Launch.jar().in(three).once("migrate", "0003");
        assertThat(made.code()).as(made.err()).isZero();
        halted = copy(three, "halted");
        Files.delete(halted.resolve("ledger/odin-dev/0003"));
        Files.writeString(halted.resolve("ledger/odin-dev/ledger.json"), HALTED);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("migrate", new Case(three, "0004 BackfillPriceHistory: took", "0001", "0002", "0003", "0004"));
        cases.put("migrate 0002", new Case(fresh, "2 migrations applied in odin-dev", "0001", "0002"));
        cases.put("plan", new Case(three, "0004  BackfillPriceHistory  run   pending", "0001", "0002", "0003"));
        cases.put("status", new Case(three, "4 migrations: 3 applied, 1 pending", "0001", "0002", "0003"));
        cases.put("history", new Case(three, "0003  AddTestCars", "0001", "0002", "0003"));
        cases.put("revert last", new Case(three, "0003 AddTestCars: reverted", "0001", "0002"));
        cases.put("revert 0001", new Case(three, "0002 PriceCars: reverted", "0001"));
        cases.put("revert all", new Case(three, "0001 CreateCars: reverted"));
        cases.put("stamp 0002", new Case(fresh, "0002 PriceCars", "0001", "0002"));
        cases.put("resolve 0003", new Case(halted, "0003 AddTestCars", "0001", "0002", "0003"));
        cases.put("retry 0003", new Case(halted, "0003 AddTestCars", "0001", "0002"));
        return cases;
    }

    /** The commands run two at a time: much of a start is waiting. */
    @TestFactory
    Stream<DynamicTest> every_command_does_what_the_page_says() throws IOException {
        Map<String, Integer> documented = documented();
        assertThat(documented.keySet()).as("the commands on the page").isEqualTo(cases().keySet());
        List<DynamicTest> tests = new ArrayList<>();
        cases().forEach((command, given) -> {
            Future<?> ran = threads.submit(() -> {
                run(command, given, documented.get(command));
                return null;
            });
            tests.add(DynamicTest.dynamicTest(command, () -> ended(ran)));
        });
        return tests.stream();
    }

    private static void ended(Future<?> ran) throws Throwable {
        try {
            ran.get(3, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void run(String command, Case given, int exitCode) throws IOException {
        Path data = copy(given.from(), command.replace(' ', '-'));
        Launch.Ended ended = Launch.jar()
                .in(data)
                .once(Map.of("MIGRATE_MODE", "once", "MIGRATE_COMMAND", command, "MIGRATE_CONFIRM", "odin-dev"));
        // What is pending after three of four is no failure of a look at it.
        assertThat(ended.code()).as(ended.err()).isEqualTo(command.equals("status") ? 5 : exitCode);
        assertThat(ended.out()).contains(given.prints());
        assertThat(receipts(data)).containsExactlyInAnyOrder(given.receipts());
    }

    @Test
    void wrong_use_is_told_whatever_the_ledger_does() {
        Launch.Ended ended = Launch.jar()
                .in(fresh)
                .with("--migrate.ledger=s3://migrate-check/x", "--migrate.s3.endpoint=http://127.0.0.1:1")
                .with("--migrate.s3.region=eu-central-1")
                .once("migrate", "0009");
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("There is no migration 0009 in this build");
    }

    private static Map<String, Integer> documented() throws IOException {
        Map<String, Integer> commands = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(PAGE));
        for (String line : lines.subList(lines.indexOf("## Commands"), lines.indexOf("Ways to run a command:"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                commands.put(row.group(1), Integer.parseInt(row.group(2)));
            }
        }
        return commands;
    }

    private static List<String> receipts(Path data) throws IOException {
        var digits = FileSystems.getDefault().getPathMatcher("glob:[0-9]*");
        try (Stream<Path> files = Files.list(data.resolve("ledger/odin-dev"))) {
            return files.map(Path::getFileName)
                    .filter(digits::matches)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static Path copy(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
