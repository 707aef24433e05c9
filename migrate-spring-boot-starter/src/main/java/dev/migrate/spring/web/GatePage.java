package dev.migrate.spring.web;

import dev.migrate.spring.report.DisplayFormats;
import dev.migrate.spring.report.HtmlPage;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The HTML page that a browser receives while the gate is closed. */
final class GatePage {

    private static final HtmlPage PAGE = new HtmlPage(
            """
            main { max-width: 38rem; margin: 12vh auto 2rem; padding: 2rem; background: var(--card);
              border: 1px solid var(--line); border-top: .3rem solid var(--busy); border-radius: .5rem; }
            main.blocked { border-top-color: var(--open); }
            h1 { margin: 0 0 1rem; font-size: 1.6rem; }
            h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
            .lead { font-size: 1.1rem; }
            dl { margin: 0; }
            dt { color: var(--quiet); font-size: .9rem; }
            dd { margin: 0 0 .75rem; white-space: pre-line; }
            @media (max-width: 42rem) { main { margin: 1rem; padding: 1.25rem; } }
            """);

    static final String POLICY = PAGE.policy();

    private static final Map<String, String> LABELS =
            Map.of("name", "Migration", "owner", "Owner", "reason", "Reason", "wayOut", "Action");

    private GatePage() {}

    /**
     * Renders the page.
     *
     * @param sentence the state of the startup
     * @param details additional values, by field name
     * @param reloadInterval interval after which the page reloads
     */
    static String of(
            Snapshot snapshot, String sentence, Map<String, String> details, Duration reloadInterval, Instant now) {
        boolean blocked = snapshot.state() == State.BLOCKED;
        String title = blocked ? "This service cannot start yet" : "This service is starting";
        String interval = reloadInterval.toSeconds() == 60 ? "minute" : reloadInterval.toSeconds() + " seconds";
        String body =
                """
                <main class="%s">
                <h1>%s</h1>
                <p class="lead" role="status">%s</p>
                <p>Since %s, for %s.</p>
                <p class="quiet">This page reloads every %s.</p>
                %s</main>
                """
                        .formatted(
                                blocked ? "blocked" : "busy",
                                title,
                                HtmlPage.escape(sentence),
                                HtmlPage.time(snapshot.since()),
                                DisplayFormats.lasting(snapshot.since(), now),
                                interval,
                                list(details));
        return PAGE.of(title, reloadInterval, body);
    }

    private static String list(Map<String, String> details) {
        if (details.isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder("<h2>Details</h2>\n<dl>\n");
        details.forEach((name, value) -> list.append("<dt>")
                .append(LABELS.get(name))
                .append("</dt><dd>")
                .append(HtmlPage.escape(value))
                .append("</dd>\n"));
        return list.append("</dl>\n").toString();
    }
}
