package dev.migrate.spring.web;

import dev.migrate.spring.web.Http.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A request that must not get through while the gate is shut.
 *
 * @param place what it reaches once the gate is open; empty for what nothing of the application answers
 * @param method the method
 * @param path the path, without what the set-up puts before it
 * @param content the body
 * @param headers more header lines
 */
record Probe(String place, String method, String path, String content, List<String> headers) {

    static Probe get(String place, String path) {
        return new Probe(place, "GET", path, "", List.of());
    }

    static Probe of(String place, String method, String path) {
        return new Probe(place, method, path, "", List.of());
    }

    static Probe socket() {
        return new Probe(
                "",
                "GET",
                "/socket",
                "",
                List.of(
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13"));
    }

    static Probe upload() {
        String content = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n";
        return new Probe(
                "upload", "POST", "/cars/upload", content, List.of("Content-Type: multipart/form-data; boundary=b"));
    }

    /** Spring Security lets nothing through that may change something without a token, once the gate is open. */
    Probe underSecurity() {
        return method.equals("GET") ? this : new Probe("", method, path, content, headers);
    }

    boolean isSocket() {
        return path.equals("/socket");
    }

    Answer send(int port, String prefix, String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(Arrays.asList(more));
        return Http.send(port, method, prefix + path, content, all.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
