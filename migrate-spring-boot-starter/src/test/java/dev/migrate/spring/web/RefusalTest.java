package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.spring.web.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {

    private static final String BROWSER =
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private GatedApplication servlet;
    private GatedApplication reactive;

    @BeforeAll
    void start() {
        servlet = GatedApplication.start(false, ServletCars.class, "spring.main.web-application-type=servlet");
        reactive = GatedApplication.start(false, ReactiveCars.class, "spring.main.web-application-type=reactive");
    }

    @AfterAll
    void close() {
        servlet.close();
        reactive.close();
    }

    private GatedApplication application(String type) {
        return type.equals("servlet") ? servlet : reactive;
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aProgramGetsAProblemDocumentThatNamesTheMigration(String type) {
        application(type).running();
        Answer answer = Http.get(application(type).port(), "/cars");
        JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(answer.headers())
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("retry-after", "5");
        assertThat(problem.get("type").getAsString()).isEqualTo("about:blank");
        assertThat(problem.get("title").getAsString()).isEqualTo("Service Unavailable");
        assertThat(problem.get("status").getAsInt()).isEqualTo(503);
        assertThat(problem.get("detail").getAsString()).isEqualTo("The application is starting: migration 0003 runs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aBlockedStartIsNamedButItsReasonIsNotForEverybody(String type) {
        application(type).blocked();
        for (String accept : new String[] {"Accept: application/json", BROWSER}) {
            Answer answer = Http.get(application(type).port(), "/cars", accept);
            assertThat(answer.headers()).containsEntry("retry-after", "60");
            assertThat(answer.body())
                    .contains("blocked by migration 0003")
                    .doesNotContain("no cars", "IllegalStateException", "build-7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aBrowserGetsAPageThatNeedsNothingElse(String type) {
        application(type).running();
        Answer answer = Http.get(application(type).port(), "/cars", BROWSER);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers())
                .containsEntry("content-type", "text/html;charset=UTF-8")
                .containsKey("retry-after");
        assertThat(answer.body())
                .startsWith("<!DOCTYPE html>")
                .contains("migration 0003 runs.")
                .doesNotContain("src=", "href=", "%1$s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aHeadRequestGetsTheHeadersAlone(String type) {
        application(type).running();
        Answer answer = Http.send(application(type).port(), "HEAD", "/cars");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("retry-after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | false",
                "'' | false",
                "*/* | false",
                "text/html | true",
                "application/xhtml+xml | false",
                "application/json | false",
                "application/json, text/html | false",
                "application/json;q=0.5, text/html | true",
                "text/*, application/json;q=0.9 | true",
                "text/html;q=0, */* | false",
                "text/html;q=0.4, application/*;q=0.5 | false",
                "text/html, application/problem+json | false",
                "nonsense | false",
                "text/html;q=many | false",
            })
    void whoPrefersAPageGetsOne(String accept, boolean page) {
        assertThat(Preference.forPage(accept)).isEqualTo(page);
    }
}
