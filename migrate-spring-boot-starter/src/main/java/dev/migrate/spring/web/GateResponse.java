package dev.migrate.spring.web;

import com.google.gson.JsonObject;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered while the gate is shut. Whoever can reach the port reads it, so it names the migration and
 * keeps the reason of a failure for the log and for health, unless it is told otherwise.
 *
 * @param headers the headers, content type included
 * @param content the text, in UTF-8
 */
record GateResponse(Map<String, String> headers, String content) {

    static final int STATUS = 503;

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(60);

    /**
     * Makes an answer.
     *
     * @param snapshot how far the start has come
     * @param accept what the client says it accepts, or null
     * @param details whether to tell what is not for everybody
     * @return the answer
     */
    static GateResponse of(Snapshot snapshot, @Nullable String accept, boolean details) {
        boolean page = HtmlPreference.forPage(accept);
        Map<String, String> told = details ? details(snapshot) : Map.of();
        Duration again = snapshot.state() == State.BLOCKED ? LATER : SOON;
        String content =
                page ? GatePage.of(snapshot, sentence(snapshot), told, again, Instant.now()) : problem(snapshot, told);
        return new GateResponse(
                Map.of(
                        "Content-Type",
                        page ? "text/html;charset=UTF-8" : "application/problem+json",
                        "Retry-After",
                        Long.toString(again.toSeconds()),
                        "Cache-Control",
                        "no-store",
                        "Vary",
                        "Accept",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Content-Security-Policy",
                        GatePage.POLICY + "; frame-ancestors 'none'"),
                content);
    }

    byte[] body() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static String problem(Snapshot snapshot, Map<String, String> told) {
        JsonObject problem = new JsonObject();
        problem.addProperty("type", "about:blank");
        problem.addProperty("title", "Service Unavailable");
        problem.addProperty("status", STATUS);
        problem.addProperty("detail", sentence(snapshot));
        told.forEach(problem::addProperty);
        return problem.toString();
    }

    private static String sentence(Snapshot snapshot) {
        // Numbers are digits alone; nothing here needs escaping, and a name would.
        return switch (snapshot.state()) {
            case RUNNING -> "The application is starting: " + migration(snapshot.attempt()) + " runs.";
            case WAITING ->
                "The application is starting: " + migration(snapshot.attempt()) + " runs in another instance.";
            case BLOCKED -> blocked(snapshot.block());
            default -> "The application is starting: its migrations are looked up.";
        };
    }

    private static String blocked(@Nullable BlockedStart block) {
        BlockingVerdict halted = block == null ? null : block.verdict();
        String what = halted == null ? "the ledger of its migrations" : migration(halted.attempt());
        return "The start of the application is blocked by "
                + what
                + ". Its log and its health say why, and what to do.";
    }

    private static String migration(@Nullable Attempt attempt) {
        return attempt == null ? "a migration" : "migration " + attempt.id();
    }

    /** What is known of the migration and of what blocks, by the names of the fields of a problem document. */
    private static Map<String, String> details(Snapshot snapshot) {
        Map<String, String> details = new LinkedHashMap<>();
        BlockedStart block = snapshot.block();
        BlockingVerdict halted = block == null ? null : block.verdict();
        Attempt attempt = halted == null ? snapshot.attempt() : halted.attempt();
        if (attempt != null) {
            put(details, "name", attempt.name());
            put(details, "owner", attempt.owner());
        }
        put(details, "reason", block == null ? snapshot.detail() : block.description());
        put(details, "wayOut", block == null ? null : block.action());
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
