package dev.migrate.spring.web;

import com.google.gson.JsonObject;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.spring.report.JsonObjects;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The 503 response of the closed gate. It is public, so it contains only the number of the migration; details such as
 * the reason of a failure are included only with {@code migrate.gate.details}.
 *
 * @param headers the headers, including the content type
 * @param content the body, sent in UTF-8
 */
record GateResponse(Map<String, String> headers, String content) {

    static final int STATUS = 503;

    private static final Duration RETRY_AFTER_STARTING = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER_BLOCKED = Duration.ofSeconds(60);

    /**
     * Creates a response.
     *
     * @param snapshot the state of the startup
     * @param accept the value of the Accept header, or null
     * @param details whether to include details that are not public
     * @return the response
     */
    static GateResponse of(Snapshot snapshot, @Nullable String accept, boolean details) {
        boolean page = HtmlPreference.forPage(accept);
        Map<String, String> values = details ? details(snapshot) : Map.of();
        Duration retryAfter = snapshot.state() == State.BLOCKED ? RETRY_AFTER_BLOCKED : RETRY_AFTER_STARTING;
        String content = page
                ? GatePage.of(snapshot, sentence(snapshot), values, retryAfter, Instant.now())
                : problem(snapshot, values);
        return new GateResponse(
                Map.of(
                        "Content-Type",
                        page ? "text/html;charset=UTF-8" : "application/problem+json",
                        "Retry-After",
                        Long.toString(retryAfter.toSeconds()),
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

    private static String problem(Snapshot snapshot, Map<String, String> values) {
        JsonObject problem = new JsonObject();
        problem.addProperty("type", "about:blank");
        problem.addProperty("title", "Service Unavailable");
        problem.addProperty("status", STATUS);
        problem.addProperty("detail", sentence(snapshot));
        values.forEach(problem::addProperty);
        return problem.toString();
    }

    private static String sentence(Snapshot snapshot) {
        // Contains only numbers, which need no escaping; names would.
        return switch (snapshot.state()) {
            case RUNNING -> "The application is starting: " + migration(snapshot.attempt()) + " runs.";
            case WAITING ->
                "The application is starting: " + migration(snapshot.attempt()) + " runs in another instance.";
            case BLOCKED -> blocked(snapshot.block());
            default -> "The application is starting: checking for pending migrations.";
        };
    }

    private static String blocked(@Nullable BlockedStart block) {
        BlockingVerdict verdict = block == null ? null : block.verdict();
        String blocker = verdict == null ? "the ledger of its migrations" : migration(verdict.attempt());
        return "The start of the application is blocked by "
                + blocker
                + ". See its log or health endpoint for the reason and the action to take.";
    }

    private static String migration(@Nullable Attempt attempt) {
        return attempt == null ? "a migration" : "migration " + attempt.id();
    }

    /** Returns the migration and the reason of a block, by field name of the problem document. */
    private static Map<String, String> details(Snapshot snapshot) {
        Map<String, String> details = new LinkedHashMap<>();
        BlockedStart block = snapshot.block();
        BlockingVerdict verdict = block == null ? null : block.verdict();
        Attempt attempt = verdict == null ? snapshot.attempt() : verdict.attempt();
        if (attempt != null) {
            JsonObjects.put(details, "name", attempt.name());
            JsonObjects.put(details, "owner", attempt.owner());
        }
        JsonObjects.put(details, "reason", block == null ? snapshot.detail() : block.description());
        JsonObjects.put(details, "wayOut", block == null ? null : block.action());
        return details;
    }
}
