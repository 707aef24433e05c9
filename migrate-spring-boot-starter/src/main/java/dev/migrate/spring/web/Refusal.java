package dev.migrate.spring.web;

import com.google.gson.JsonObject;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.run.Block;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.MigrationMonitor.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered while the gate is shut. Whoever can reach the port reads it, so it names the migration and
 * keeps the reason of a failure for the log and for health.
 *
 * @param headers the headers, content type included
 * @param content the text, in UTF-8
 */
record Refusal(Map<String, String> headers, String content) {

    static final int STATUS = 503;

    private static final String TITLE = "Service Unavailable";

    /**
     * Makes an answer.
     *
     * @param snapshot how far the start has come
     * @param accept what the client says it accepts, or null
     * @return the answer
     */
    static Refusal of(Snapshot snapshot, @Nullable String accept) {
        boolean page = Preference.forPage(accept);
        String content = page ? page(snapshot) : problem(snapshot);
        return new Refusal(
                Map.of(
                        "Content-Type", page ? "text/html;charset=UTF-8" : "application/problem+json",
                        "Retry-After", snapshot.state() == State.BLOCKED ? "60" : "5",
                        "Cache-Control", "no-store",
                        "Vary", "Accept",
                        "X-Content-Type-Options", "nosniff",
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
                content);
    }

    byte[] body() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static String problem(Snapshot snapshot) {
        JsonObject problem = new JsonObject();
        problem.addProperty("type", "about:blank");
        problem.addProperty("title", TITLE);
        problem.addProperty("status", STATUS);
        problem.addProperty("detail", detail(snapshot));
        return problem.toString();
    }

    private static String page(Snapshot snapshot) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>body{font:1.1em/1.5 sans-serif;max-width:36em;margin:4em auto;padding:0 1em}</style>
                </head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s</p>
                </body>
                </html>
                """
                .formatted(TITLE, detail(snapshot));
    }

    private static String detail(Snapshot snapshot) {
        // Numbers are digits alone; nothing here needs escaping, and a name would.
        return switch (snapshot.state()) {
            case RUNNING -> "The application is starting: " + migration(snapshot.attempt()) + " runs.";
            case WAITING ->
                "The application is starting: " + migration(snapshot.attempt()) + " runs in another instance.";
            case BLOCKED -> blocked(snapshot.block());
            default -> "The application is starting: its migrations are looked up.";
        };
    }

    private static String blocked(@Nullable Block block) {
        Halted halted = block == null ? null : block.halted();
        String what = halted == null ? "the ledger of its migrations" : migration(halted.attempt());
        return "The start of the application is blocked by "
                + what
                + ". Its log and its health say why, and what to do.";
    }

    private static String migration(@Nullable Attempt attempt) {
        return attempt == null ? "a migration" : "migration " + attempt.id();
    }
}
