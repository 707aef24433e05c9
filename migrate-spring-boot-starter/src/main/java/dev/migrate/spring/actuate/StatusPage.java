package dev.migrate.spring.actuate;

import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockedStart;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.listener.RunningMigration.Progress;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.report.DisplayFormats;
import dev.migrate.spring.report.HtmlPage;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.startup.MigrationMonitor.Snapshot;
import dev.migrate.spring.startup.MigrationMonitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders the endpoint's content as HTML: problems first, then the state of every migration, then all events. */
final class StatusPage {

    private static final HtmlPage PAGE = new HtmlPage(StatusStyle.SHEET);
    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

    private final MigrationsDescriptor descriptor;
    private final Instant now;
    private final StringBuilder html = new StringBuilder();

    private StatusPage(MigrationsDescriptor facts, Instant now) {
        this.descriptor = facts;
        this.now = now;
    }

    static String of(MigrationsDescriptor facts, Instant now) {
        return new StatusPage(facts, now).all();
    }

    static String of(MigrationsDescriptor facts, String id, Instant now) {
        return new StatusPage(facts, now).one(id);
    }

    private String all() {
        heading("Migrations of", descriptor.environment());
        problems();
        process();
        StatusReport status = descriptor.status();
        if (status != null) {
            running(status.running());
            differences(status);
            html.append(StatusRows.counts(status.rows()));
            html.append(StatusRows.migrations(status.rows(), descriptor.history(), now));
            html.append(StatusRows.timeline(descriptor.history(), now));
        }
        return finish((descriptor.process().block() == null ? "" : "Blocked: ") + "migrations of "
                + descriptor.environment());
    }

    private String one(String id) {
        heading(
                descriptor.context() == null ? "Migration" : "Migration in " + descriptor.environment(),
                descriptor
                        .row(id)
                        .map(row -> row.id() + " " + (row.name() == null ? "" : row.name()))
                        .orElse(id));
        problems();
        if (descriptor.isAbsent(id)) {
            card(
                    "open",
                    "No information about this migration",
                    List.of(descriptor.absent().message()));
        } else if (descriptor.status() != null) {
            html.append(StatusRows.migrations(descriptor.row(id).stream().toList(), List.of(), now));
            html.append(StatusRows.timeline(descriptor.history(id), now));
        }
        return finish("Migration " + id);
    }

    private String finish(String title) {
        footer();
        return PAGE.of(title, reloads() ? RELOAD_INTERVAL : null, "<main>\n" + html + "</main>\n");
    }

    /** Whether the content is expected to change soon. */
    private boolean reloads() {
        StatusReport status = descriptor.status();
        return descriptor.process().state() != State.OPEN
                || descriptor.problem() != null
                || (status != null && status.running() != null);
    }

    private void heading(String caption, String title) {
        html.append("<header>\n<p class=\"quiet\">" + HtmlPage.escape(caption) + "</p>\n");
        html.append("<h1>" + HtmlPage.escape(title) + "</h1>\n");
        StartupContext context = descriptor.context();
        if (context != null) {
            String deployment = context.settings().deployment();
            html.append("<p class=\"quiet more\">Ledger ")
                    .append(HtmlPage.escape(context.store().describe()))
                    .append(deployment == null ? "" : ", deployment " + HtmlPage.escape(deployment))
                    .append(", this process ")
                    .append(HtmlPage.escape(context.settings().owner().toString()))
                    .append("</p>\n");
        }
        html.append("</header>\n");
    }

    private void problems() {
        BlockedStart block = descriptor.process().block();
        StatusReport status = descriptor.status();
        StartupContext context = descriptor.context();
        BlockingVerdict verdict = status == null ? null : status.halted();
        if (block != null) {
            html.append("<section class=\"card bad\" role=\"status\">\n<h2>Startup is blocked</h2>\n");
            paragraph(block.description());
            html.append("<h3>Action</h3>\n");
            paragraph(block.action());
            html.append("<p class=\"quiet more\">")
                    .append(since(descriptor.process()))
                    .append("</p>\n</section>\n");
        } else if (status != null && verdict != null && context != null) {
            Attempt attempt = verdict.attempt();
            String error = verdict.error() == null ? "" : ": " + verdict.error();
            String text = (attempt.isRevert() ? "Reverting " : "") + attempt.displayName() + " is " + verdict.outcome();
            card(
                    status.settlement().isPresent() ? "open" : "bad",
                    "A migration failed or was interrupted",
                    List.of(
                            text + error,
                            "Attempt " + attempt.number() + owned(attempt) + ". " + status.advice(context)));
        }
        Problem problem = descriptor.problem();
        if (problem != null) {
            boolean ledger = descriptor.ledger() != null && descriptor.ledger().problem() != null;
            card(
                    "bad",
                    ledger ? "The ledger cannot be read now" : "The migration declarations are invalid",
                    List.of(problem.message(), problem.action()));
        }
    }

    private void process() {
        Snapshot process = descriptor.process();
        if (!descriptor.enabled()) {
            card(
                    "open",
                    "Migrations are disabled in this process",
                    List.of("This process runs no migration and does not read the ledger (migrate.enabled=false)."));
            return;
        }
        String text = ProcessStateText.of(process);
        if (!text.isEmpty()) {
            html.append("<section class=\"card ")
                    .append(process.state() == State.OPEN ? "good" : "busy")
                    .append("\" role=\"status\">\n<h2>")
                    .append(HtmlPage.escape(text))
                    .append("</h2>\n");
            if (process.detail() != null) {
                paragraph(process.detail());
            }
            StatusReport status = descriptor.status();
            RunningMigration running = status == null ? null : status.running();
            if (running != null && running.attempt().equals(process.attempt())) {
                progress(running);
            }
            html.append("<p class=\"quiet more\">").append(since(process)).append("</p>\n</section>\n");
        }
    }

    private String since(Snapshot process) {
        return "Since " + HtmlPage.time(process.since()) + ", for " + DisplayFormats.lasting(process.since(), now)
                + ".";
    }

    /** Renders the attempt in the ledger, unless it was rendered with this process. */
    private void running(@Nullable RunningMigration running) {
        if (running != null && !running.attempt().equals(descriptor.process().attempt())) {
            html.append("<section class=\"card busy\">\n<h2>")
                    .append(running.attempt().isRevert() ? "Being reverted: " : "Running: ")
                    .append(HtmlPage.escape(running.attempt().displayName()))
                    .append("</h2>\n");
            progress(running);
            html.append("</section>\n");
        }
    }

    private void progress(RunningMigration running) {
        Attempt attempt = running.attempt();
        Progress progress = running.progress();
        String ago = DisplayFormats.ago(attempt.startedAt(), now);
        paragraph((progress == null ? "" : progress + " done. ") + "Attempt " + attempt.number()
                + (ago.isEmpty() ? "" : ", started " + ago) + owned(attempt) + ".");
        if (progress != null && progress.total() > 0) {
            html.append("<div class=\"busy\"><div class=\"track\">")
                    .append(StatusRows.bar(progress.done(), progress.total()))
                    .append("</div></div>\n");
        }
    }

    private static String owned(Attempt attempt) {
        return attempt.owner() == null ? "" : ", owner " + attempt.owner();
    }

    private void differences(StatusReport status) {
        status.differences().forEach(difference -> card("open", difference.title(), List.of(difference.advice())));
        if (status.noRegister() != null) {
            card("open", "No register", List.of(status.noRegister()));
        }
    }

    private void footer() {
        html.append("<footer class=\"quiet\">\n");
        CachedLedgerReader.CachedLedger cached = descriptor.ledger();
        if (cached != null && cached.readAt() != null && cached.age() != null) {
            html.append("<p>Read from the ledger at ")
                    .append(HtmlPage.time(cached.readAt()))
                    .append(", ")
                    .append(DisplayFormats.duration(cached.age()))
                    .append(" before this page. It is read at most every ")
                    .append(CachedLedgerReader.MAX_AGE.toSeconds())
                    .append(" seconds.</p>\n");
        } else if (descriptor.enabled()) {
            html.append("<p>The ledger has not been read yet.</p>\n");
        }
        if (reloads()) {
            html.append("<p>This page reloads every ")
                    .append(RELOAD_INTERVAL.toSeconds())
                    .append(" seconds.</p>\n");
        }
        html.append("</footer>\n");
    }

    private void card(String kind, String title, List<String> paragraphs) {
        html.append("<section class=\"card ").append(kind).append("\">\n<h2>");
        html.append(HtmlPage.escape(title)).append("</h2>\n");
        paragraphs.forEach(this::paragraph);
        html.append("</section>\n");
    }

    private void paragraph(String text) {
        html.append("<p>").append(HtmlPage.escape(text)).append("</p>\n");
    }
}
