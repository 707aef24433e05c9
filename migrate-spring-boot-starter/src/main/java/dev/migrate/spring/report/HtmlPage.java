package dev.migrate.spring.report;

import dev.migrate.internal.text.ForeignText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The frame of an HTML page without scripts, images or requests to other servers. The page's policy allows its style sheet
 * by digest, so a browser ignores an injected style.
 *
 * @since 0.1
 */
public final class HtmlPage {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ground: #f4f6f8; --card: #ffffff; --text: #1b242f; --quiet: #52606f;
              --line: #d9dfe6; --good: #17724a; --bad: #b3261e; --busy: #1d5bb8; --open: #7a5200; --warn: #fdf1f0; }
            @media (prefers-color-scheme: dark) {
              :root { --ground: #12161b; --card: #1b2129; --text: #e7ebf0; --quiet: #a5b0bd; --line: #333d48;
                --good: #62d39c; --bad: #ff9a91; --busy: #8fbcff; --open: #f0c463; --warn: #2c1d1d; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--text);
              font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
            p, dd, li { overflow-wrap: anywhere; }
            code, .number { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: .95em; }
            a { color: var(--busy); }
            a:focus-visible { outline: 3px solid var(--busy); outline-offset: 2px; }
            .quiet { color: var(--quiet); }
            """;

    private final String style;
    private final String policy;

    /**
     * Creates a frame.
     *
     * @param more the rules to add to the common style sheet
     */
    public HtmlPage(String more) {
        style = STYLE + more;
        policy = "default-src 'none'; style-src 'sha256-" + digest(style) + "'; base-uri 'none'; form-action 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * Returns the content security policy of the page.
     *
     * @return the value for a header {@code Content-Security-Policy}; the page contains it too
     */
    public String policy() {
        return policy;
    }

    /**
     * Renders a page.
     *
     * @param title the title, as plain text
     * @param reload the interval at which the browser reloads the page; null for no reload
     * @param body the content, as HTML
     * @return the page, as HTML
     */
    public String of(String title, @Nullable Duration reload, String body) {
        String refresh = reload == null ? "" : "<meta http-equiv=\"refresh\" content=\"" + reload.toSeconds() + "\">\n";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="UTF-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                %s<title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s</body>
                </html>
                """
                .formatted(policy, refresh, escape(title), style, body);
    }

    /**
     * Escapes text for an element or a quoted attribute.
     *
     * @param text any text, or null
     * @return the HTML; empty for null
     */
    public static String escape(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String lines = ForeignText.printableLines(text);
        StringBuilder html = new StringBuilder(lines.length() + 16);
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /**
     * A time as HTML.
     *
     * @param time the time
     * @return the time in UTC
     */
    public static String time(Instant time) {
        return "<time datetime=\"" + DisplayFormats.time(time) + "\">" + UTC.format(time) + "</time>";
    }
}
