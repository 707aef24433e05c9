package dev.migrate.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.spring.web.GatedApplication;
import dev.migrate.spring.web.Http;
import dev.migrate.spring.web.Http.Answer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;

class MigrationsHealthTest {

    private GatedApplication application;

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private void start(String type) {
        application = GatedApplication.start(false, Nothing.class, "spring.main.web-application-type=" + type);
    }

    @AfterEach
    void close() {
        application.close();
    }

    private Answer health(String path) {
        return Http.get(application.port(), "/actuator/health" + path);
    }

    private static JsonObject details(Answer answer) {
        String json = answer.body()
                .substring(answer.body().indexOf('{'), answer.body().lastIndexOf('}') + 1);
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("details");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aStartThatIsUnderWayIsOutOfService(String type) {
        start(type);
        assertThat(health("/migrations").body()).contains("OUT_OF_SERVICE", "\"starting\"");
        application.running();
        Answer answer = health("/migrations");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("OUT_OF_SERVICE");
        JsonObject details = details(answer);
        assertThat(details.get("state").getAsString()).isEqualTo("running");
        assertThat(details.get("migration").getAsString()).isEqualTo("0003");
        assertThat(details.get("attempt").getAsInt()).isEqualTo(2);
        assertThat(details.get("deployment").getAsString()).isEqualTo("build-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aBlockedStartIsDownAndSaysTheWayOut(String type) {
        start(type);
        application.blocked();
        Answer answer = health("/migrations");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"DOWN\"");
        JsonObject details = details(answer);
        assertThat(details.get("state").getAsString()).isEqualTo("blocked");
        assertThat(details.get("migration").getAsString()).isEqualTo("0003");
        assertThat(details.get("name").getAsString()).isEqualTo("BackfillCarPrices");
        assertThat(details.get("verdict").getAsString()).isEqualTo("failed");
        assertThat(details.get("reason").getAsString()).contains("no cars");
        assertThat(details.get("wayOut").getAsString()).isEqualTo("Deploy the fix.");
        assertThat(health("").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aStartThatIsDoneIsUp(String type) {
        start(type);
        application.open();
        assertThat(health("/migrations").status()).isEqualTo(200);
        assertThat(health("/migrations").body()).contains("\"UP\"", "\"open\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aBlockedStartIsAliveAndNotReadyUntilTheRunnersAreDone(String type) throws Exception {
        start(type);
        application.blocked();
        assertThat(health("/liveness").status()).isEqualTo(200);
        assertThat(health("/liveness").body()).doesNotContain("migrations");
        assertThat(health("/readiness").status()).isEqualTo(503);
        application.open();
        assertThat(health("/readiness").status()).isEqualTo(503);
        application.finishStart();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (health("/readiness").status() != 200) {
            assertThat(System.nanoTime()).as("ready within 30 s").isLessThan(end);
        }
    }
}
