package dev.migrate.spring.actuate;

import dev.migrate.MigrationId;
import dev.migrate.listener.Attempt;
import dev.migrate.spring.report.DisplayFormats;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.HtmlPage;
import dev.migrate.spring.report.StatusRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders the lists of the status page: counts by state, all migrations, all events. */
final class StatusRows {

    /** Command 'history' and the JSON of one migration contain older events. */
    private static final int MAX_ROWS = 100;

    private StatusRows() {}

    static String counts(List<StatusRow> rows) {
        StringBuilder html = new StringBuilder("<dl class=\"counts\">\n");
        for (StatusRow.State state : StatusRow.State.values()) {
            long count = rows.stream().filter(row -> row.state() == state).count();
            if (count > 0) {
                html.append(
                        "<div class=\"%s\"><dt>%s</dt><dd>%d</dd></div>\n".formatted(kind(state), word(state), count));
            }
        }
        return html.append("</dl>\n").toString();
    }

    static String migrations(Collection<StatusRow> rows, List<HistoryRow> history, Instant now) {
        Set<MigrationId> linked =
                latest(history).stream().map(row -> row.attempt().id()).collect(Collectors.toSet());
        long longest = longest(rows.stream().map(StatusRow::took));
        StringBuilder html = new StringBuilder("<h2>Migrations</h2>\n");
        if (rows.isEmpty()) {
            return html.append("<p>There are no migrations.</p>\n").toString();
        }
        html.append("<ol class=\"migrations\">\n");
        for (StatusRow row : rows) {
            String number = "<span class=\"number\">" + HtmlPage.escape(row.id()) + "</span>";
            boolean link = MigrationId.parse(row.id()).filter(linked::contains).isPresent();
            html.append("<li class=\"").append(kind(row.state())).append("\">");
            html.append("<span class=\"mark\">")
                    .append(link ? "<a href=\"#m" + HtmlPage.escape(row.id()) + "\">" + number + "</a>" : number)
                    .append("</span><div class=\"main\"><p class=\"name\">")
                    .append(HtmlPage.escape(row.name()))
                    .append("</p>");
            line(html, "", row.note());
            line(
                    html,
                    " quiet",
                    row.at() == null
                            ? ""
                            : DisplayFormats.time(row.at()).replace('T', ' ').replace("Z", " UTC"),
                    row.attempts() < 2 ? "" : row.attempts() + " attempts",
                    row.deployment() == null ? "" : "deployment " + row.deployment());
            html.append("</div>");
            badge(html, kind(row.state()), word(row.state()), row.took(), longest);
            html.append("</li>\n");
        }
        return html.append("</ol>\n").toString();
    }

    static String timeline(List<HistoryRow> history, Instant now) {
        StringBuilder html = new StringBuilder("<h2>Events, latest first</h2>\n");
        if (history.isEmpty()) {
            return html.append("<p>No events yet.</p>\n").toString();
        }
        List<HistoryRow> rows = latest(history);
        long longest = longest(rows.stream().map(HistoryRow::took));
        Set<MigrationId> anchored = new HashSet<>();
        html.append("<ol class=\"timeline\">\n");
        for (HistoryRow row : rows) {
            Attempt attempt = row.attempt();
            String anchor = anchored.add(attempt.id()) ? " id=\"m" + attempt.id() + "\"" : "";
            html.append("<li class=\"")
                    .append(kind(row))
                    .append("\"")
                    .append(anchor)
                    .append(">");
            html.append("<span class=\"mark quiet more\">")
                    .append(when(row, now))
                    .append("</span><div class=\"main\"><p class=\"name\"><span class=\"number\">")
                    .append(attempt.id())
                    .append("</span> ")
                    .append(HtmlPage.escape(attempt.name()))
                    .append("</p>");
            line(html, "", row.error());
            line(html, "", row.reason());
            line(
                    html,
                    " quiet",
                    row.by() == null ? "" : "by " + row.by(),
                    attempt.number() == 0 ? "" : "attempt " + attempt.number(),
                    attempt.owner() == null || row.by() != null ? "" : "owner " + attempt.owner(),
                    attempt.deployment() == null ? "" : "deployment " + attempt.deployment());
            html.append("</div>");
            badge(html, kind(row), what(row), row.took(), longest);
            html.append("</li>\n");
        }
        html.append("</ol>\n");
        int left = history.size() - rows.size();
        return left == 0
                ? html.toString()
                : html.append("<p>").append(left).append(" older events.</p>\n").toString();
    }

    private static List<HistoryRow> latest(List<HistoryRow> history) {
        List<HistoryRow> rows =
                new ArrayList<>(history.subList(Math.max(0, history.size() - MAX_ROWS), history.size()));
        Collections.reverse(rows);
        return rows;
    }

    private static String when(HistoryRow row, Instant now) {
        Instant time = row.isRunning() ? row.attempt().startedAt() : row.at();
        if (time == null) {
            return "at an unknown time";
        }
        String ago = DisplayFormats.ago(time, now);
        return (row.isRunning() ? "since " : "") + HtmlPage.time(time) + (ago.isEmpty() ? "" : ", " + ago);
    }

    private static String what(HistoryRow row) {
        String reverting = row.attempt().isRevert() ? "reverting " : "";
        return switch (row.what()) {
            case "failed", "interrupted" -> reverting + row.what().toUpperCase(Locale.ROOT);
            case "running" -> reverting.isEmpty() ? "running" : "reverting";
            default -> HistoryRow.word(row.what());
        };
    }

    private static String kind(HistoryRow row) {
        return switch (row.what()) {
            case "applied" -> "good";
            case "running" -> "busy";
            case "failed", "interrupted" -> "bad";
            default -> "open";
        };
    }

    private static String kind(StatusRow.State state) {
        return switch (state) {
            case APPLIED -> "good";
            case PENDING -> "open";
            case RUNNING -> "busy";
            case FAILED, INTERRUPTED -> "bad";
            case IGNORED, UNKNOWN -> "faint";
        };
    }

    private static String word(StatusRow.State state) {
        return kind(state).equals("bad") ? state.name() : state.name().toLowerCase(Locale.ROOT);
    }

    /** Renders the non-empty parts as one line. */
    private static void line(StringBuilder html, String kind, @Nullable String... parts) {
        String text =
                Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(", "));
        if (!text.isEmpty()) {
            html.append("<p class=\"more")
                    .append(kind)
                    .append("\">")
                    .append(HtmlPage.escape(text))
                    .append("</p>");
        }
    }

    private static void badge(StringBuilder html, String kind, String word, @Nullable Duration took, long longest) {
        html.append("<div class=\"state\"><span class=\"badge ")
                .append(kind)
                .append("\">")
                .append(HtmlPage.escape(word))
                .append("</span>");
        if (took != null) {
            html.append("<span class=\"took\">")
                    .append(DisplayFormats.duration(took))
                    .append("</span>");
        }
        html.append("</div>");
        if (took != null) {
            html.append("<div class=\"track\">")
                    .append(bar(took.toMillis(), longest))
                    .append("</div>");
        }
    }

    private static long longest(Stream<@Nullable Duration> durations) {
        return durations
                .filter(Objects::nonNull)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
    }

    /**
     * Renders a bar for a part of a whole. It is hidden from screen readers, because the text beside it has the same
     * value.
     */
    static String bar(long part, long whole) {
        double width = whole == 0 ? 0 : Math.max(1, 100.0 * part / whole);
        return "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\""
                + String.format(Locale.ROOT, "%.1f", width) + "\" height=\"4\"/></svg>";
    }
}
