package dev.migrate.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of HTTP/1.1, as the bytes it came in.
 *
 * @param head its first line and its headers, with the empty line after them
 * @param body what follows, chunks with their sizes included
 */
public record Message(String head, byte[] body) {

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    /** Makes an answer. */
    static Message answer(String status, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new Message(
                "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n",
                body);
    }

    /** Reads a request; empty when the client has hung up. A client that waits for leave to send its body gets it. */
    static Optional<Message> readRequest(InputStream in, OutputStream back) throws IOException {
        Optional<String> head = readHead(in);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Message request = new Message(head.get(), new byte[0]);
        if (request.header("expect").isPresent()) {
            back.write(CONTINUE.getBytes(StandardCharsets.US_ASCII));
            back.flush();
            request = request.without("expect");
        }
        return Optional.of(request.withBody(request.readBody(in, 0)));
    }

    /** Reads the answer to a request with a method. */
    static Message readAnswer(InputStream in, String method) throws IOException {
        Message answer = new Message(readHead(in).orElseThrow(EOFException::new), new byte[0]);
        int status = answer.status();
        if (status < 200) {
            return readAnswer(in, method);
        }
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        return empty ? answer : answer.withBody(answer.readBody(in, Integer.MAX_VALUE));
    }

    /** The status of an answer. */
    public int status() {
        return Integer.parseInt(word(1));
    }

    /** A word of the first line. */
    String word(int index) {
        String[] words = head.substring(0, head.indexOf('\n')).trim().split(" ");
        return words.length > index ? words[index] : "";
    }

    Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }

    Message without(String header) {
        return new Message(head.replaceFirst("(?im)^" + header + ":.*\r\n", ""), body);
    }

    /** Whether no other message follows on its connection. */
    boolean isLast() {
        return header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    byte[] bytes() {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private Message withBody(byte[] read) {
        return new Message(head, read);
    }

    /** Reads a body; of a message that tells no length, as much as there is up to a bound. */
    private byte[] readBody(InputStream in, int untold) throws IOException {
        if (header("transfer-encoding").filter(told -> told.contains("chunked")).isPresent()) {
            return readChunks(in);
        }
        Optional<String> length = header("content-length");
        return length.isPresent() ? readBytes(in, Integer.parseInt(length.get())) : in.readNBytes(untold);
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int size;
        do {
            String told = readLine(in).orElseThrow(EOFException::new);
            chunks.writeBytes(told.getBytes(StandardCharsets.ISO_8859_1));
            size = Integer.parseInt(told.trim().split(";")[0].trim(), 16);
            chunks.writeBytes(readBytes(in, size == 0 ? 0 : size + 2)); // with the line end after the chunk
        } while (size > 0);
        String trailer;
        do {
            trailer = readLine(in).orElseThrow(EOFException::new);
            chunks.writeBytes(trailer.getBytes(StandardCharsets.ISO_8859_1));
        } while (!trailer.isBlank());
        return chunks.toByteArray();
    }

    private static byte[] readBytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("It broke off in a body");
        }
        return bytes;
    }

    private static Optional<String> readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        Optional<String> line = readLine(in);
        while (line.isPresent() && line.get().isBlank()) { // an empty line before a message is allowed
            line = readLine(in);
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        while (!line.get().isBlank()) {
            head.append(line.get());
            line = Optional.of(readLine(in).orElseThrow(EOFException::new));
        }
        return Optional.of(head.append("\r\n").toString());
    }

    /** A line with its end; empty when the other side has hung up before it. */
    private static Optional<String> readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                return Optional.of(line.toString());
            }
        }
        if (!line.isEmpty()) {
            throw new EOFException("It broke off in a head");
        }
        return Optional.empty();
    }
}
