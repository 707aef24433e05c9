package dev.migrate.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * Where the migrations of the tests leave a line for everything they do, beside the ledger and without its help: the
 * file of the property {@code test.trace}. A line is one write to a file opened for appending, so no two mix.
 */
public final class Trace {

    private final Path file;

    public Trace(Environment environment) {
        this(Path.of(environment.getRequiredProperty("test.trace")));
    }

    public Trace(Path file) {
        this.file = file;
    }

    public void add(String line) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
