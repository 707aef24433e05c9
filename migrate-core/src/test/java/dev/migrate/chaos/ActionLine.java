package dev.migrate.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * One line of the file to which the actions of a round append what they do. Their order is the order in which it
 * happened: each line is one write to the end of the file, and on the disk before the action goes on.
 *
 * @param id the migration
 * @param attempt the number of the attempt
 * @param pid the process
 * @param token the attempt's token
 * @param what what the action did
 * @param step the step it is about, from 1; 0 before the first
 * @param at the clock of the machine, which all processes share
 */
record ActionLine(String id, int attempt, long pid, String token, What what, int step, long at) {

    /** What an action can report about itself. */
    enum What {
        /** It starts after a step that a checkpoint names. */
        START,
        /** It has done a step. */
        STEP,
        /** It has done all. */
        END,
        /** It throws an exception. */
        THREW,
        /** It was interrupted. */
        CUT;

        boolean isOver() {
            return this == END || this == THREW || this == CUT;
        }
    }

    void append(Path file) throws IOException {
        byte[] bytes = (this + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int written = channel.write(ByteBuffer.wrap(bytes));
            if (written != bytes.length) {
                throw new IOException("Only " + written + " bytes of a line were written: " + this);
            }
            channel.force(true);
        }
    }

    static List<ActionLine> readAll(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().map(ActionLine::parse).toList();
    }

    static ActionLine parse(String text) {
        String[] words = text.split(" ");
        return new ActionLine(
                words[0],
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                words[3],
                What.valueOf(words[4].toUpperCase(Locale.ROOT)),
                Integer.parseInt(words[5]),
                Long.parseLong(words[6]));
    }

    @Override
    public String toString() {
        return String.join(
                " ", id, "" + attempt, "" + pid, token, what.name().toLowerCase(Locale.ROOT), "" + step, "" + at);
    }
}
