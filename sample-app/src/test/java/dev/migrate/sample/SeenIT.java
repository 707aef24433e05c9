package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.testapp.TestApplication;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five migrations, one slow, one that fails and is recovered by a new deployment, seen from outside the process: in its log
 * as JSON, its meters, its health, its endpoint, its pages and its notices.
 */
class SeenIT {

    @TempDir
    Path folder;

    private Launch launch(Hook hook) {
        return Launch.classes(TestApplication.class)
                .with(
                        "--migrate.packages-only=dev.migrate.testapp.seen",
                        "--migrate.environment=odin-dev",
                        "--migrate.ledger=file:" + folder.resolve("ledger"),
                        "--migrate.lease=4s",
                        "--migrate.notify.webhook-url=" + hook.url(),
                        "--migrate.notify.long-running=2s",
                        "--test.until=" + folder.resolve("until"),
                        "--test.trace=" + folder.resolve("trace"),
                        "--management.endpoints.web.exposure.include=health,migrations,prometheus",
                        "--management.endpoint.health.show-details=always",
                        "--logging.structured.format.console=logstash");
    }

    @Test
    void every_event_meter_health_state_notice_and_page_is_seen_from_outside() throws IOException {
        try (Hook hook = new Hook();
                Service blue = launch(hook).with("--migrate.deployment=blue").start()) {
            slow(blue);
            blue.awaitTrue(() -> hook.events().contains("long-running"), "notice of what takes long");
            Files.createFile(folder.resolve("until"));
            blue.awaitBlocked();
            blocked(blue, hook);

            failedAgain();
            blue.awaitTrue(() -> hook.events().contains("blocked"), "notice of what red left");

            Hook quiet = new Hook();
            try (quiet;
                    Service green = launch(quiet)
                            .with("--migrate.deployment=green", "--test.mended=true")
                            .start()) {
                green.awaitReady();
                recovered(green);
                quiet_but_for_the_recovery(green, quiet);
            }

            blue.awaitReady(); // it looks again and finds that another deployment has done it
            assertThat(health(blue).get("state").getAsString()).isEqualTo("open");
            List<JsonObject> bad = MetricFilter.entries(blue);
            assertThat(events(bad))
                    .contains(
                            "migrations.opened",
                            "migration.started",
                            "migration.applied",
                            "migration.failed",
                            "migrations.blocked",
                            "migrations.completed");
            assertThat(MetricFilter.documented(bad))
                    .containsEntry("failure", 1L)
                    .containsEntry("repeated failure", 0L);
            assertThat(MetricFilter.documented(bad).get("blocked")).isPositive();
            blue.awaitTrue(() -> hook.events().contains("recovered"), "notice that blue goes on");
            assertThat(hook.events())
                    .containsExactly("long-running", "failed", "blocked", "recovered"); // blocked by what red left
            JsonObject notice = hook.notices().get(1);
            assertThat(notice.get("migration").getAsString()).isEqualTo("0053");
            assertThat(notice.get("text").getAsString()).contains("no such car").doesNotContain("hunter2");
        }
    }

    private void slow(Service blue) {
        blue.awaitTrue(() -> health(blue).get("state").getAsString().equals("running"), "a running migration");
        blue.awaitTrue(() -> has(health(blue), "migration", "0052"), "the slow one");
        HttpResponse<String> page = blue.page("/trace");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("migration 0052 runs");
        JsonObject facts = facts(blue);
        assertThat(facts.getAsJsonObject("process").get("state").getAsString()).isEqualTo("running");
        assertThat(facts.getAsJsonArray("migrations")).hasSize(5);
        assertThat(blue.page("/actuator/migrations").body()).contains("<html", "Slow");
        Map<String, Double> meters = meters(blue);
        assertThat(meters).containsEntry("migrate_migration_active_seconds_count", 1.0);
        assertThat(meters).containsEntry("migrate_pending", 4.0).containsEntry("migrate_applied", 1.0);
    }

    private void blocked(Service blue, Hook hook) {
        blue.awaitTrue(() -> health(blue).get("state").getAsString().equals("blocked"), "health of a blocked start");
        assertThat(blue.get("/actuator/health").body()).contains("\"DOWN\"");
        assertThat(health(blue).get("verdict").getAsString()).isEqualTo("failed");
        assertThat(health(blue).get("wayOut").getAsString()).contains("Deploy the fix");
        assertThat(blue.page("/trace").body()).contains("0053").doesNotContain("no such car");
        Map<String, Double> meters = meters(blue);
        assertThat(meters).containsEntry("migrate_blocked", 1.0);
        assertThat(meters).containsEntry("migrate_migration_seconds_count{failed}", 1.0);
        assertThat(meters).containsEntry("migrate_migration_seconds_count{applied}", 2.0);
        blue.awaitTrue(() -> hook.events().contains("failed"), "notice of the failure");
        JsonObject block = facts(blue).getAsJsonObject("process").getAsJsonObject("block");
        assertThat(block.get("reason").getAsString()).contains("0053 Broken").doesNotContain("hunter2");
        assertThat(blue.page("/actuator/migrations").body()).contains("Startup is blocked", "0053");
    }

    /** A mend that mends nothing. */
    private void failedAgain() {
        try (Hook hook = new Hook();
                Service red = launch(hook).with("--migrate.deployment=red").start()) {
            red.awaitBlocked();
            assertThat(MetricFilter.documented(MetricFilter.entries(red)))
                    .containsEntry("failure", 1L)
                    .containsEntry("repeated failure", 1L);
            red.awaitTrue(() -> meters(red).getOrDefault("migrate_attempt", 0.0) == 2, "the second attempt in a meter");
            red.awaitTrue(() -> !hook.events().isEmpty(), "a notice");
            assertThat(hook.events()).containsExactly("failed-again");
        }
    }

    private void recovered(Service green) {
        assertThat(health(green).get("state").getAsString()).isEqualTo("open");
        assertThat(meters(green)).containsEntry("migrate_blocked", 0.0).containsEntry("migrate_applied", 5.0);
        String one = green.get("/actuator/migrations/0053").body();
        assertThat(one).contains("failed", "applied", "blue", "green");
        List<JsonObject> good = MetricFilter.entries(green);
        assertThat(MetricFilter.documented(good).values())
                .as("no alarm on a good run")
                .containsOnly(0L);
    }

    private void quiet_but_for_the_recovery(Service green, Hook hook) {
        green.awaitTrue(() -> !hook.events().isEmpty(), "notice of the recovery");
        assertThat(hook.events()).containsExactly("recovered");
        assertThat(hook.notices().get(0).get("text").getAsString())
                .contains("0053 Broken is applied", "attempt 3, deployment green, after attempt 2 had failed");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static JsonObject facts(Service service) {
        return json(service.get("/actuator/migrations").body());
    }

    private static JsonObject health(Service service) {
        return json(service.get("/actuator/health").body())
                .getAsJsonObject("components")
                .getAsJsonObject("migrations")
                .getAsJsonObject("details");
    }

    private static boolean has(JsonObject json, String name, String value) {
        JsonElement found = json.get(name);
        return found != null && found.getAsString().equals(value);
    }

    private static List<String> events(List<JsonObject> log) {
        return log.stream()
                .filter(entry -> entry.has("event"))
                .map(entry -> entry.get("event").getAsString())
                .toList();
    }

    /** The meters of migrations, by name and outcome. */
    private static Map<String, Double> meters(Service service) {
        Map<String, Double> meters = new TreeMap<>();
        Pattern outcome = Pattern.compile("outcome=\"(\\w+)\"");
        service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("migrate_"))
                .forEach(line -> {
                    Matcher which = outcome.matcher(line);
                    String name =
                            line.substring(0, line.indexOf('{')) + (which.find() ? "{" + which.group(1) + "}" : "");
                    meters.put(name, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
                });
        return meters;
    }
}
