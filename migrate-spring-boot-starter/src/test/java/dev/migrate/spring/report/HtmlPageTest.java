package dev.migrate.spring.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

    @Test
    void whatCouldBeMarkupIsShownAsItIs() {
        assertThat(HtmlPage.escape("<a href=\"x\" title='y'>&amp;</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
        assertThat(HtmlPage.escape("Zoë 木 100 %")).isEqualTo("Zoë 木 100 %");
        assertThat(HtmlPage.escape(null)).isEmpty();
        assertThat(new HtmlPage("").of("<title>", null, "")).contains("<title>&lt;title&gt;</title>");
    }

    @Test
    void aPageAsksAgainOnlyWhereItIsTold() {
        HtmlPage page = new HtmlPage(".more { color: red; }");
        assertThat(page.of("Title", null, "<p>body</p>"))
                .contains(".more { color: red; }", "<p>body</p>")
                .doesNotContain("refresh");
        assertThat(page.of("Title", Duration.ofSeconds(7), "")).contains("<meta http-equiv=\"refresh\" content=\"7\">");
    }

    @Test
    void anotherStyleHasAnotherPolicy() {
        assertThat(new HtmlPage("a").policy()).isNotEqualTo(new HtmlPage("b").policy());
        assertThat(new HtmlPage("a").of("", null, "")).contains("content=\"" + new HtmlPage("a").policy() + "\"");
    }

    @Test
    void aTimeIsForPeopleAndForPrograms() {
        assertThat(HtmlPage.time(Instant.parse("2026-11-20T16:05:10.123Z")))
                .isEqualTo("<time datetime=\"2026-11-20T16:05:10Z\">2026-11-20 16:05:10 UTC</time>");
    }
}
