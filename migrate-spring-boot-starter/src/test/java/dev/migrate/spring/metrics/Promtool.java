package dev.migrate.spring.metrics;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The tool of Prometheus that tests rules: named by the environment variable PROMTOOL, or on the path. */
record Promtool(Path program) {

    /**
     * What a check came to.
     *
     * @param output what was printed
     */
    record Result(boolean passed, String output) {}

    static Optional<Promtool> find() {
        String named = System.getenv("PROMTOOL");
        Stream<Path> candidates = named != null && !named.isBlank()
                ? Stream.of(Path.of(named))
                : Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "promtool"));
        Optional<Promtool> found =
                candidates.filter(Files::isExecutable).findFirst().map(Promtool::new);
        if (named != null && !named.isBlank() && found.isEmpty()) {
            throw new IllegalStateException("PROMTOOL is " + named + ", which cannot be executed");
        }
        return found;
    }

    /** Runs it on a file that is written for it. */
    Result run(Path file, String content, String... command) throws IOException, InterruptedException {
        Files.writeString(file, content);
        Path output = file.resolveSibling(file.getFileName() + ".out");
        var all = Stream.of(Stream.of(program.toString()), Stream.of(command), Stream.of(file.toString()))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            return new Result(ended && process.exitValue() == 0, said);
        } finally {
            process.destroyForcibly();
        }
    }
}
