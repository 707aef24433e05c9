package dev.migrate.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.spring.web.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateResponseTest {

    private static final String BROWSER =
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private GatedApplication servlet;
    private GatedApplication reactive;
    private GatedApplication talkativeServlet;
    private GatedApplication talkativeReactive;

    @BeforeAll
    void start() {
        servlet = GatedApplication.start(false, ServletCars.class, "spring.main.web-application-type=servlet");
        reactive = GatedApplication.start(false, ReactiveCars.class, "spring.main.web-application-type=reactive");
        String details = "migrate.gate.details=true";
        talkativeServlet =
                GatedApplication.start(false, ServletCars.class, "spring.main.web-application-type=servlet", details);
        talkativeReactive =
                GatedApplication.start(false, ReactiveCars.class, "spring.main.web-application-type=reactive", details);
    }

    @AfterAll
    void close() {
        servlet.close();
        reactive.close();
        talkativeServlet.close();
        talkativeReactive.close();
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
                .contains("<html lang=\"en\">", "role=\"status\"", "<h1>This service is starting</h1>")
                .contains("<title>This service is starting</title>")
                .contains("<meta http-equiv=\"refresh\" content=\"5\">")
                .containsPattern("Since <time datetime=\"[^\"]+Z\">[-0-9 :]+ UTC</time>, for less than a minute")
                .doesNotContain("src=", "href=", "url(", "@import", "%s", "style=", "<script");
        application(type).blocked();
        assertThat(Http.get(application(type).port(), "/cars", BROWSER).body())
                .contains("<h1>This service cannot start yet</h1>")
                .contains("<meta http-equiv=\"refresh\" content=\"60\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void aPageMayUseItsOwnStyleAndNothingElse(String type) {
        application(type).running();
        Answer answer = Http.get(application(type).port(), "/cars", BROWSER);
        String style = answer.body()
                .substring(answer.body().indexOf("<style>") + 7, answer.body().indexOf("</style>"));
        assertThat(answer.headers().get("content-security-policy"))
                .contains("default-src 'none'", "style-src 'sha256-" + digest(style) + "'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "reactive"})
    void withDetailsItTellsEverybodyWhoWhyAndTheWayOutAndEscapesThem(String type) {
        GatedApplication talkative = type.equals("servlet") ? talkativeServlet : talkativeReactive;
        talkative.blocked();
        String page = Http.get(talkative.port(), "/cars", BROWSER).body();
        assertThat(page)
                .contains("<dd>BackfillCarPrices</dd>", "<dd>host, process 7</dd>", "<dd>Deploy the fix.</dd>")
                .contains("<dd>0003 failed: IllegalStateException: no cars</dd>");
        JsonObject problem = JsonParser.parseString(
                        Http.get(talkative.port(), "/cars").body())
                .getAsJsonObject();
        assertThat(problem.get("name").getAsString()).isEqualTo("BackfillCarPrices");
        assertThat(problem.get("owner").getAsString()).isEqualTo("host, process 7");
        assertThat(problem.get("reason").getAsString()).contains("no cars");
        assertThat(problem.get("wayOut").getAsString()).isEqualTo("Deploy the fix.");

        talkative.blockedByMarkup();
        assertThat(Http.get(talkative.port(), "/cars", BROWSER).body())
                .contains("<dd>&lt;script&gt;alert(&#39;name&#39;)&lt;/script&gt;</dd>")
                .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", "&lt;style&gt;*{display:none}", "&amp; more")
                .contains("Run &lt;once&gt;.")
                .doesNotContain("<script", "<img", "<style>*{");
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
        assertThat(HtmlPreference.forPage(accept)).isEqualTo(page);
    }
}
