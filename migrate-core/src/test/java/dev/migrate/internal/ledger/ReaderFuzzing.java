package dev.migrate.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Looks for bytes that break a promise of the readers, led by the branches that each input reaches. Run by {@code -Pfuzz},
 * in a process of its own; {@code -Dfuzz.seconds=N} says for how long. It begins with the corpus that
 * {@link ReaderCorpusTest} runs, and with what it found worth keeping the last time.
 */
class ReaderFuzzing {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 600);
    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
    private static final Path COVERAGE = FOLDER.resolve("coverage.txt");

    @Test
    void no_bytes_break_a_promise_of_the_readers() throws Exception {
        Path found = Files.createDirectories(FOLDER.resolve("corpus"));
        Process fuzzer = new ProcessBuilder(
                        command(found, Path.of("src/test/resources/dev/migrate/internal/ledger/corpus")))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            List<String> said = read(fuzzer.inputReader());
            assertThat(fuzzer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(fuzzer.exitValue())
                    .as(
                            "the fuzzer found something: put the file that it names into the corpus.%n%s",
                            String.join("\n", said))
                    .isZero();
            tellCoverage();
        } finally {
            fuzzer.toHandle().destroyForcibly();
        }
    }

    private static List<String> command(Path found, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReaderFuzz.class.getName(),
                "--instrumentation_includes=dev.migrate.ledger.**:com.google.gson.**",
                "--coverage_report=" + COVERAGE,
                "--reproducer_path=" + FOLDER,
                "-max_total_time=" + SECONDS,
                "-max_len=16384",
                "-timeout=20",
                "-print_final_stats=1",
                found.toString(),
                corpus.toAbsolutePath().toString());
    }

    private static void tellCoverage() throws IOException {
        try (Stream<String> lines = Files.lines(COVERAGE)) {
            lines.filter(line -> line.matches("[A-Z][a-z]+ coverage:|(LedgerJson|Fields|JsonReader)\\.java:.*"))
                    .forEach(System.out::println);
        }
    }

    /** Passes on what a person wants to see, and gives it; the fuzzer ends by itself. */
    private static List<String> read(BufferedReader output) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (!line.matches("#\\d+\\s+(NEW|REDUCE|RELOAD)\\b.*|\".*\" # Uses: \\d+")) {
                System.out.println(line);
                said.add(line);
            }
        }
        return said;
    }
}
