package dev.migrate.spring.actuate;

import static dev.migrate.spring.actuate.Served.BROWSER;
import static dev.migrate.spring.actuate.Served.json;
import static dev.migrate.spring.actuate.Served.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.migrate.spring.startup.MigrationMonitor.State;
import dev.migrate.spring.web.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint as it is reached from outside, in a servlet and in a WebFlux application. */
class MigrationsEndpointTest {

    private static final String ALL = "/actuator/migrations";

    @TempDir
    Path ledger;

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void tellsProgramsHowEveryMigrationStandsAndHowOldThatIs(String type) throws Exception {
        try (Served application = Served.start(type, ledger, "basic")) {
            JsonObject json = application.await(State.OPEN);
            assertThat(json.keySet())
                    .containsExactlyInAnyOrder(
                            "schema",
                            "enabled",
                            "environment",
                            "ledger",
                            "deployment",
                            "process",
                            "readAt",
                            "ageMillis",
                            "register",
                            "migrations",
                            "withoutReceipt",
                            "withoutRecord");
            assertThat(json.get("environment").getAsString()).isEqualTo("odin-dev");
            assertThat(json.get("ageMillis").getAsLong()).isBetween(0L, 60_000L);
            assertThat(numbers(json)).containsExactly("00001", "0002", "0010");

            for (String accept : new String[] {
                "Accept: */*",
                "Accept: application/json",
                "Accept: application/vnd.spring-boot.actuator.v3+json",
                "Accept: application/json, text/html;q=0.9"
            }) {
                Answer answer = application.get(ALL, accept);
                assertThat(answer.status()).as(accept).isEqualTo(200);
                assertThat(answer.headers().get("content-type")).as(accept).contains("json");
            }
            assertThat(application.get(ALL).headers().get("content-type")).contains("json");
            assertThat(application.get(ALL, "Accept: image/png").status()).isEqualTo(406);
        }
    }

    private static Iterable<String> numbers(JsonObject json) {
        return StreamSupport.stream(json.getAsJsonArray("migrations").spliterator(), false)
                .map(row -> row.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void tellsPeopleTheSameAsAPage(String type) throws Exception {
        try (Served application = Served.start(type, ledger, "basic")) {
            application.await(State.OPEN);
            Answer page = application.get(ALL, BROWSER);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.headers().get("content-type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(page.body())
                    .contains("<!DOCTYPE html>", "<h1>odin-dev</h1>", "This process is serving", "a name of its own")
                    .contains("Content-Security-Policy")
                    .doesNotContain("src=", "http://", "https://", "<script", "style=");
            assertThat(application.get(ALL + "/0002", BROWSER).body())
                    .contains("<h1>0002 a name of its own</h1>")
                    .doesNotContain("Tenth");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void tellsWhatHappenedToOneAndDoesNotKnowWhatIsNowhere(String type) throws Exception {
        try (Served application = Served.start(type, ledger, "malformed")) {
            application.await(State.OPEN);
            JsonObject one = json(application.get(ALL + "/0005"));
            assertThat(one.getAsJsonObject("migration").get("state").getAsString())
                    .isEqualTo("applied");
            assertThat(one.getAsJsonArray("events")).hasSize(1);
            assertThat(one.has("migrations")).isFalse();
            assertThat(json(application.get(ALL + "/00005")).getAsJsonObject("migration"))
                    .as("the same number")
                    .isNotNull();
            assertThat(json(application.get(ALL + "/V0004"))
                            .getAsJsonObject("migration")
                            .get("state")
                            .getAsString())
                    .isEqualTo("ignored");
            for (String nowhere : new String[] {"/0099", "/5", "/%3Cb%3E"}) {
                Answer answer = application.get(ALL + nowhere);
                assertThat(answer.status()).as(nowhere).isEqualTo(404);
                assertThat(json(answer).has("migration")).isFalse();
                assertThat(json(answer).getAsJsonObject("error").get("message").getAsString())
                        .isEqualTo("There is no such migration: it is neither in this build nor in the ledger.");
                Answer page = application.get(ALL + nowhere, BROWSER);
                assertThat(page.status()).as(nowhere).isEqualTo(404);
                assertThat(page.body()).contains("There is no such migration").doesNotContain("<b>");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void answersWhileTheStartIsBlockedWithTheReasonAndTheWayOut(String type) throws Exception {
        try (Served application = Served.start(type, ledger, "failing")) {
            JsonObject json = application.await(State.BLOCKED);
            assertThat(state(json)).isEqualTo("blocked");
            JsonObject block = json.getAsJsonObject("process").getAsJsonObject("block");
            assertThat(block.get("reason").getAsString()).contains("no such car");
            assertThat(block.get("wayOut").getAsString()).contains("Deploy the fix");
            assertThat(block.getAsJsonObject("halted").get("verdict").getAsString())
                    .isEqualTo("failed");
            assertThat(application.get("/cars").status()).isEqualTo(503);
            assertThat(application.get(ALL, BROWSER).body())
                    .contains("Startup is blocked", "no such car", "Deploy the fix", "FAILED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void answersWhileAMigrationRuns(String type) throws Exception {
        Path file = ledger.resolve("until");
        try (Served application = Served.start(type, ledger, "slow", "slow.until=" + file)) {
            JsonObject json = application.await(State.RUNNING);
            assertThat(state(json)).isEqualTo("running");
            assertThat(json.has("running")).isTrue();
            assertThat(json.getAsJsonObject("process")
                            .getAsJsonObject("running")
                            .get("id")
                            .getAsString())
                    .isEqualTo("0001");
            assertThat(json.getAsJsonObject("process")
                            .getAsJsonObject("owner")
                            .get("pid")
                            .getAsLong())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(application.get(ALL, BROWSER).body()).contains("This process runs 0001 SlowMigration");
            Files.createFile(file);
            assertThat(state(application.await(State.OPEN))).isEqualTo("open");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void answersWithAnErrorWhenTheLedgerCannotBeRead(String type) throws Exception {
        Path register = ledger.resolve("odin-dev/ledger.json");
        Files.createDirectories(register.getParent());
        Files.writeString(register, "not for us");
        try (Served application = Served.start(type, ledger, "basic")) {
            JsonObject json = application.await(State.BLOCKED);
            assertThat(json.getAsJsonObject("error").get("message").getAsString())
                    .contains("odin-dev");
            assertThat(json.has("migrations")).isFalse();
            assertThat(json.has("readAt")).isFalse();
            assertThat(application.get(ALL).status()).isEqualTo(200);
            assertThat(application.get(ALL, BROWSER).status()).isEqualTo(200);
            assertThat(application.get(ALL, BROWSER).body()).contains("The ledger cannot be read now");
            assertThat(application.get(ALL + "/0002").status())
                    .as("it may be there")
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void saysThatMigrationsAreSwitchedOff(String type) throws IOException {
        try (Served application = Served.start(type, ledger, "basic", "migrate.enabled=false")) {
            JsonObject json = json(application.get(ALL));
            assertThat(json.get("enabled").getAsBoolean()).isFalse();
            assertThat(state(json)).isEqualTo("open");
            assertThat(json.has("error")).isFalse();
            assertThat(application.get(ALL, BROWSER).body()).contains("Migrations are disabled in this process");
            assertThat(ledger).as("nobody looked at the ledger").isEmptyDirectory();
        }
    }

    @Test
    void isExposedOnlyWhereTheApplicationSaysSo() throws Exception {
        try (Served application =
                Served.start("servlet", ledger, "basic", "management.endpoints.web.exposure.include=health")) {
            application.awaitState(State.OPEN);
            assertThat(application.get(ALL, BROWSER).status()).isEqualTo(404);
            assertThat(application.get("/actuator").body()).doesNotContain("migrations");
        }
        try (Served application =
                Served.start("servlet", ledger, "basic", "management.endpoint.migrations.access=none")) {
            application.awaitState(State.OPEN);
            assertThat(application.get(ALL, BROWSER).status()).isEqualTo(404);
        }
    }

    @Test
    void isAmongTheLinksOfTheActuator() throws Exception {
        try (Served application = Served.start("servlet", ledger, "basic")) {
            application.await(State.OPEN);
            assertThat(application.get("/actuator").body()).contains("/actuator/migrations/{id}");
        }
    }
}
