package dev.migrate.spring.actuate;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Progress;
import dev.migrate.ledger.Running;
import dev.migrate.run.Block;
import dev.migrate.spring.MigrationMonitor.Snapshot;
import dev.migrate.spring.MigrationMonitor.State;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.report.Page;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts for people: what is in the way comes first, then how every migration stands, then what happened. */
final class StatusPage {

    private static final Page PAGE = new Page(StatusStyle.SHEET);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final MigrationFacts facts;
    private final Instant now;
    private final StringBuilder html = new StringBuilder();

    private StatusPage(MigrationFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    /** All migrations. */
    static String of(MigrationFacts facts, Instant now) {
        return new StatusPage(facts, now).all();
    }

    /** One migration. */
    static String of(MigrationFacts facts, String id, Instant now) {
        return new StatusPage(facts, now).one(id);
    }

    private String all() {
        heading("Migrations of", facts.place() == null ? "this service" : environment(facts.place()));
        troubles();
        process();
        StatusReport status = facts.status();
        if (status != null) {
            running(status.running());
            disagreements(status);
            html.append(StatusRows.counts(status.rows()));
            html.append(StatusRows.migrations(status.rows(), facts.history(), now));
            html.append(StatusRows.timeline(facts.history(), now));
        }
        return finished((facts.process().block() == null ? "" : "Blocked: ") + "migrations of "
                + (facts.place() == null ? "this service" : environment(facts.place())));
    }

    private String one(String id) {
        heading(
                facts.place() == null ? "Migration" : "Migration in " + environment(facts.place()),
                facts.row(id)
                        .map(row -> row.id() + " " + (row.name() == null ? "" : row.name()))
                        .orElse(id));
        troubles();
        if (facts.isNowhere(id)) {
            card("open", "Nothing is known of it", List.of(facts.nowhere().message()));
        } else if (facts.status() != null) {
            html.append(StatusRows.migrations(facts.row(id).stream().toList(), List.of(), now));
            html.append(StatusRows.timeline(facts.history(id), now));
        }
        return finished("Migration " + id);
    }

    private String finished(String title) {
        footer();
        return PAGE.of(title, isLively() ? AGAIN : null, "<main>\n" + html + "</main>\n");
    }

    /** Whether it is worth while to look again soon. */
    private boolean isLively() {
        StatusReport status = facts.status();
        return facts.process().state() != State.OPEN
                || facts.problem() != null
                || (status != null && status.running() != null);
    }

    private void heading(String small, String large) {
        html.append("<header>\n<p class=\"quiet\">").append(Page.escape(small)).append("</p>\n<h1>");
        html.append(Page.escape(large)).append("</h1>\n");
        Workplace place = facts.place();
        if (place != null) {
            String deployment = place.settings().deployment();
            html.append("<p class=\"quiet more\">Ledger ")
                    .append(Page.escape(place.store().describe()))
                    .append(deployment == null ? "" : ", deployment " + Page.escape(deployment))
                    .append(", this process ")
                    .append(Page.escape(place.settings().owner().toString()))
                    .append("</p>\n");
        }
        html.append("</header>\n");
    }

    private static String environment(Workplace place) {
        return place.settings().environment().value();
    }

    /** What a person has to do something about. */
    private void troubles() {
        Block block = facts.process().block();
        StatusReport status = facts.status();
        Halted halted = status == null ? null : status.halted();
        if (block != null) {
            html.append("<section class=\"card bad\" role=\"status\">\n<h2>The start is blocked</h2>\n");
            paragraph(block.reason());
            html.append("<h3>The way out</h3>\n");
            paragraph(block.wayOut());
            html.append("<p class=\"quiet more\">")
                    .append(since(facts.process()))
                    .append("</p>\n</section>\n");
        } else if (status != null && halted != null) {
            Attempt attempt = halted.attempt();
            String what = (attempt.reverts() ? "Undoing " : "") + attempt.title() + " is " + halted.verdict()
                    + (halted.error() == null ? "" : ": " + halted.error());
            Optional<String> settlement = status.settlement();
            card(
                    settlement.isPresent() ? "open" : "bad",
                    "A migration did not end well",
                    List.of(
                            what,
                            "Attempt " + attempt.number() + owned(attempt) + ". "
                                    + settlement.orElse("A start that it blocks says the way out.")));
        }
        Problem problem = facts.problem();
        if (problem != null) {
            boolean ledger = facts.seen() != null && facts.seen().problem() != null;
            card(
                    "bad",
                    ledger ? "The ledger cannot be read now" : "The migrations cannot be run as they are declared",
                    List.of(problem.message(), problem.action()));
        }
    }

    private void process() {
        Snapshot process = facts.process();
        if (!facts.enabled()) {
            card(
                    "open",
                    "Migrations are switched off in this process",
                    List.of("None is run, and the ledger is not looked at (migrate.enabled=false)."));
            return;
        }
        String attempt =
                process.attempt() == null ? "a migration" : process.attempt().title();
        String what =
                switch (process.state()) {
                    case STARTING -> "This process is starting: it looks the migrations up";
                    case RUNNING -> "This process runs " + attempt;
                    case WAITING -> "This process waits: another one runs " + attempt;
                    case BLOCKED -> "";
                    case OPEN -> "This process serves";
                };
        if (!what.isEmpty()) {
            html.append("<section class=\"card ")
                    .append(process.state() == State.OPEN ? "good" : "busy")
                    .append("\" role=\"status\">\n<h2>")
                    .append(Page.escape(what))
                    .append("</h2>\n");
            if (process.detail() != null) {
                paragraph(process.detail());
            }
            Running running = facts.status() == null ? null : facts.status().running();
            if (running != null && running.attempt().equals(process.attempt())) {
                progress(running);
            }
            html.append("<p class=\"quiet more\">").append(since(process)).append("</p>\n</section>\n");
        }
    }

    private String since(Snapshot process) {
        return "Since " + Page.time(process.since()) + ", for " + Words.lasting(process.since(), now) + ".";
    }

    /** What somebody runs, unless it was told with this process. */
    private void running(@Nullable Running running) {
        if (running != null && !running.attempt().equals(facts.process().attempt())) {
            html.append("<section class=\"card busy\">\n<h2>")
                    .append(running.attempt().reverts() ? "Being undone: " : "Running: ")
                    .append(Page.escape(running.attempt().title()))
                    .append("</h2>\n");
            progress(running);
            html.append("</section>\n");
        }
    }

    private void progress(Running running) {
        Attempt attempt = running.attempt();
        Progress progress = running.progress();
        String ago = Words.ago(attempt.startedAt(), now);
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

    private void disagreements(StatusReport status) {
        if (!status.withoutReceipt().isEmpty()) {
            card(
                    "open",
                    "Applied without a receipt: " + ids(status.withoutReceipt()),
                    List.of("Somebody deleted it. That runs nothing again; command 'retry' does."));
        }
        if (status.exists() && !status.withoutRecord().isEmpty()) {
            card(
                    "open",
                    "A receipt without a record: " + ids(status.withoutRecord()),
                    List.of("It counts only where the migration failed or was interrupted."));
        }
        if (status.noRegister() != null) {
            card("open", "No register", List.of(status.noRegister()));
        }
    }

    private static String ids(List<MigrationId> ids) {
        return ids.stream().map(MigrationId::toString).collect(Collectors.joining(", "));
    }

    private void footer() {
        html.append("<footer class=\"quiet\">\n");
        LedgerView.Seen seen = facts.seen();
        if (seen != null && seen.readAt() != null && seen.age() != null) {
            html.append("<p>Read from the ledger at ")
                    .append(Page.time(seen.readAt()))
                    .append(", ")
                    .append(Words.duration(seen.age()))
                    .append(" before this page. It is read at most every ")
                    .append(LedgerView.KEPT.toSeconds())
                    .append(" seconds.</p>\n");
        } else if (facts.enabled()) {
            html.append("<p>Nothing was read from the ledger yet.</p>\n");
        }
        if (isLively()) {
            html.append("<p>This page asks again by itself every ")
                    .append(AGAIN.toSeconds())
                    .append(" seconds.</p>\n");
        }
        html.append("</footer>\n");
    }

    private void card(String kind, String title, List<String> paragraphs) {
        html.append("<section class=\"card ").append(kind).append("\">\n<h2>");
        html.append(Page.escape(title)).append("</h2>\n");
        paragraphs.forEach(this::paragraph);
        html.append("</section>\n");
    }

    private void paragraph(String text) {
        html.append("<p>").append(Page.escape(text)).append("</p>\n");
    }
}
