package dev.migrate.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * The client's half of an HTTP/1.1 connection: finds where each request begins and ends, and passes all bytes on as they
 * are, but for a header that is to be lost. A head goes out before its body is awaited, so {@code Expect: 100-continue} works.
 */
final class RequestStream {

    private final InputStream in;
    private final OutputStream out;
    private final String lost;

    /** Takes the name of a header that is not passed on; empty for none. */
    RequestStream(InputStream in, OutputStream out, String lost) {
        this.in = in;
        this.out = out;
        this.lost = lost.isEmpty() ? "" : lost.toLowerCase(Locale.ROOT) + ":";
    }

    /** Passes on requests until the client hangs up. */
    void passAll(BiConsumer<String, String> seen) throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (!line.isBlank()) { // an empty line before a request is allowed
                passRequest(line, seen);
            }
        }
    }

    private void passRequest(String line, BiConsumer<String, String> seen) throws IOException {
        String[] words = line.trim().split(" ");
        seen.accept(words[0], words.length > 1 ? words[1] : "");
        write(line);
        long length = 0;
        boolean chunked = false;
        String header;
        do {
            header = required(line());
            String lower = header.toLowerCase(Locale.ROOT);
            if (lost.isEmpty() || !lower.startsWith(lost)) {
                write(header);
            }
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        header.substring("content-length:".length()).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        } while (!header.isBlank());
        out.flush();
        if (chunked) {
            passChunks();
        } else {
            passBytes(length);
        }
        out.flush();
    }

    private void passChunks() throws IOException {
        long size;
        do {
            String line = required(line());
            write(line);
            size = Long.parseLong(line.trim().split(";")[0].trim(), 16);
            passBytes(size);
            if (size > 0) {
                write(required(line())); // the line end after the chunk
            }
        } while (size > 0);
        String trailer;
        do {
            trailer = required(line());
            write(trailer);
        } while (!trailer.isBlank());
    }

    private void passBytes(long count) throws IOException {
        byte[] buffer = new byte[8192];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("The client hung up in a body");
            }
            out.write(buffer, 0, read);
            out.flush();
            left -= read;
        }
    }

    /** A line with its end, or null when the client has hung up between two requests. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                return line.toString();
            }
        }
        return line.isEmpty() ? null : required(null);
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String required(String line) throws IOException {
        if (line == null) {
            throw new EOFException("The client hung up in a head");
        }
        return line;
    }
}
