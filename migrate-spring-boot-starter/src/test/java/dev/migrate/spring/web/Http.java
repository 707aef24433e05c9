package dev.migrate.spring.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends a request target exactly as it is written, tricks included. */
public final class Http {

    /**
     * An answer.
     *
     * @param status the status code
     * @param headers the headers, with names in lower case
     * @param body the content as it was sent, chunk sizes included
     */
    public record Answer(int status, Map<String, String> headers, String body) {}

    private Http() {}

    /** Sends a request without a body. {@code headers} are whole lines. */
    public static Answer send(int port, String method, String target, String... headers) {
        return send(port, method, target, "", headers);
    }

    /** Sends a GET. */
    public static Answer get(int port, String target, String... headers) {
        return send(port, "GET", target, headers);
    }

    /** Sends a request with a body. */
    public static Answer send(int port, String method, String target, String content, String[] headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        boolean upgrade = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            upgrade |= header.startsWith("Upgrade:");
        }
        head.append(upgrade ? "Connection: Upgrade\r\n" : "Connection: close\r\n");
        if (!content.isEmpty()) {
            head.append("Content-Length: ").append(content.length()).append("\r\n");
        }
        head.append("\r\n").append(content);
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream(), method.equals("HEAD"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        if (status == 101 || head) {
            return new Answer(status, headers, "");
        }
        String length = headers.get("content-length");
        byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection after '" + line + "'");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).trim();
    }
}
