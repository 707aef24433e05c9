package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.ledger.Attempt;
import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Running;
import dev.migrate.ledger.Verdict;
import dev.migrate.run.Planned;
import dev.migrate.spring.ExitCode;
import dev.migrate.spring.Workplace;
import dev.migrate.spring.command.Table.Cell;
import dev.migrate.spring.command.Table.Style;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.report.StatusRow;
import dev.migrate.spring.report.Words;
import dev.migrate.text.ForeignText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer for people. */
record TextAnswer(Workplace place, Instant now, boolean colour) {

    String of(Answer answer) {
        if (answer instanceof Answer.Status status) {
            return status(status.report());
        } else if (answer instanceof Answer.History history) {
            return history(history);
        } else if (answer instanceof Answer.Plan plan) {
            return plan(plan);
        } else if (answer instanceof Answer.Run run) {
            return run(run);
        } else if (answer instanceof Answer.Decision decision) {
            return decision(decision);
        } else if (answer instanceof Answer.Help help) {
            return help.commands() + "\n";
        }
        return "";
    }

    /** For standard error. */
    static String of(Problem problem) {
        return ForeignText.printableLines(problem.message()) + "\n"
                + ForeignText.printableLines(problem.action())
                        .lines()
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining());
    }

    private String heading() {
        String deployment = place.settings().deployment();
        return "Environment " + environment() + ", ledger " + place.store().describe()
                + (deployment == null ? "" : ", deployment " + deployment) + "\n\n";
    }

    private String environment() {
        return place.settings().environment().value();
    }

    private String status(StatusReport status) {
        Table table = new Table("ID", "NAME", "STATE", "ATTEMPTS", "WHEN", "TOOK", "DEPLOYMENT", "NOTE");
        for (StatusRow row : status.rows()) {
            table.line(
                    Cell.of(row.id()),
                    Cell.of(row.name()),
                    state(row.state()),
                    Cell.right(row.attempts() == 0 ? "" : Integer.toString(row.attempts())),
                    Cell.of(Words.when(row.at(), now)),
                    Cell.right(Words.duration(row.took())),
                    Cell.of(Words.brief(row.deployment())),
                    Cell.of(Words.beginning(row.note())));
        }
        StringBuilder text = new StringBuilder(heading());
        if (!status.rows().isEmpty()) {
            text.append(table.text(colour)).append('\n');
        }
        text.append(Words.count(status.rows().size(), "migration", "migrations"))
                .append(counts(status.rows()));
        if (status.noRegister() != null) {
            text.append(status.noRegister()).append('\n');
        }
        Running running = status.running();
        if (running != null) {
            Attempt attempt = running.attempt();
            text.append("RUNNING: ")
                    .append(title(attempt))
                    .append(", owned by ")
                    .append(attempt.owner())
                    .append(since(attempt.startedAt()))
                    .append(
                            "\n  If that process is gone, command 'migrate' finds out what became of it, after a lease of ")
                    .append(Words.duration(running.lease()))
                    .append(".\n");
        }
        Halted halted = status.halted();
        if (halted != null) {
            text.append(halted(halted, status));
        }
        return text.append(disagreements(status)).toString();
    }

    private String halted(Halted halted, StatusReport status) {
        Attempt attempt = halted.attempt();
        String unknown = place.settings().deployment() == null
                ? " (This process does not know its deployment: see migrate.deployment.)"
                : "";
        String wayOut =
                switch (status.exitCode()) {
                    case ExitCode.BLOCKED -> wayOut(halted);
                    case ExitCode.PENDING -> "The next start of this build tries it again." + unknown;
                    default -> "It does not stand in the way of this build.";
                };
        return "HALTED: " + title(attempt) + " is " + halted.verdict() + ", owned by " + attempt.owner()
                + since(halted.at()) + (halted.error() == null ? "" : ": " + halted.error()) + "\n  "
                + status.settlement().orElse(wayOut) + "\n";
    }

    private static String wayOut(Halted halted) {
        MigrationId id = halted.id();
        if (halted.attempt().reverts()) {
            return "If it is undone, say 'resolve " + id + "'. If it is as it was before, say 'retry " + id + "'.";
        }
        return (halted.verdict() == Verdict.FAILED
                        ? "Another deployment tries it again. "
                        : "Make sure that its process is gone. ")
                + "If it had finished, or was finished by hand, say 'resolve " + id
                + "'. If all is put right, so that it can start from the beginning, say 'retry " + id + "'.";
    }

    private static String title(Attempt attempt) {
        return (attempt.reverts() ? "undoing " : "") + attempt.title() + ", attempt " + attempt.number();
    }

    private String since(@Nullable Instant time) {
        return time == null ? "" : ", since " + Words.when(time, now);
    }

    private static String counts(List<StatusRow> rows) {
        String counts = Arrays.stream(StatusRow.State.values())
                .map(state -> {
                    long count =
                            rows.stream().filter(row -> row.state() == state).count();
                    return count == 0 ? "" : count + " " + word(state);
                })
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return (counts.isEmpty() ? "" : ": " + counts) + ".\n";
    }

    private static String disagreements(StatusReport status) {
        String text = "";
        if (!status.withoutReceipt().isEmpty()) {
            text += "APPLIED WITHOUT A RECEIPT: " + ids(status.withoutReceipt())
                    + ". Somebody deleted it. That runs nothing again; command 'retry' does.\n";
        }
        if (status.exists() && !status.withoutRecord().isEmpty()) {
            text += "A RECEIPT WITHOUT A RECORD: " + ids(status.withoutRecord())
                    + ". It counts only where the migration failed or was interrupted.\n";
        }
        return text;
    }

    private static String ids(List<MigrationId> ids) {
        return ids.stream().map(MigrationId::toString).collect(Collectors.joining(", "));
    }

    private static Cell state(StatusRow.State state) {
        Style style =
                switch (state) {
                    case APPLIED -> Style.GOOD;
                    case PENDING -> Style.OPEN;
                    case RUNNING -> Style.BUSY;
                    case FAILED, INTERRUPTED -> Style.BAD;
                    case IGNORED, UNKNOWN -> Style.FAINT;
                };
        return Cell.of(word(state), style);
    }

    private static String word(StatusRow.State state) {
        boolean bad = state == StatusRow.State.FAILED || state == StatusRow.State.INTERRUPTED;
        return bad ? state.name() : state.name().toLowerCase(Locale.ROOT);
    }

    private String history(Answer.History history) {
        if (history.rows().isEmpty()) {
            return heading() + "Nothing has happened yet.\n";
        }
        Table table = new Table("WHEN", "ID", "NAME", "ATTEMPT", "WHAT", "TOOK", "DEPLOYMENT", "BY", "WHY");
        for (HistoryRow row : history.rows()) {
            Attempt attempt = row.attempt();
            table.line(
                    Cell.of(row.isRunning() ? "since " + Words.time(attempt.startedAt()) : Words.time(row.at())),
                    Cell.of(attempt.id().toString()),
                    Cell.of(attempt.name()),
                    Cell.right(attempt.number() == 0 ? "" : Integer.toString(attempt.number())),
                    what(row),
                    Cell.right(Words.duration(row.took())),
                    Cell.of(Words.brief(attempt.deployment())),
                    Cell.of(row.by() != null ? row.by().toString() : owner(attempt)),
                    Cell.of(row.reason() != null ? row.reason() : row.error()));
        }
        return heading() + table.text(colour);
    }

    private static String owner(Attempt attempt) {
        return attempt.owner() == null ? "" : attempt.owner().toString();
    }

    private static Cell what(HistoryRow row) {
        String undoing = row.attempt().reverts() ? "undoing " : "";
        return switch (row.what()) {
            case "applied" -> Cell.of("applied", Style.GOOD);
            case "running" -> Cell.of(undoing.isEmpty() ? "running" : "undoing", Style.BUSY);
            case "failed", "interrupted" -> Cell.of(undoing + row.what().toUpperCase(Locale.ROOT), Style.BAD);
            case "revert", "retry", "resolve", "stamp" -> Cell.of(HistoryRow.word(row.what()), Style.OPEN);
            default -> Cell.of(row.what());
        };
    }

    private String plan(Answer.Plan plan) {
        Table table = new Table("ID", "NAME", "PLAN", "WHY");
        StringBuilder previews = new StringBuilder();
        int run = 0;
        int blocked = 0;
        for (Answer.PlanRow row : plan.rows()) {
            Planned planned = row.planned();
            run += planned.what() == Planned.What.RUN ? 1 : 0;
            blocked += planned.what() == Planned.What.BLOCKED ? 1 : 0;
            table.line(
                    Cell.of(planned.migration().id().toString()),
                    Cell.of(planned.migration().name()),
                    what(planned.what()),
                    Cell.of(planned.why()));
            previews.append(preview(row));
        }
        String summary = run + " would run" + (blocked == 0 ? "" : ", " + blocked + " could not") + ", of "
                + Words.count(plan.rows().size(), "migration", "migrations") + ". Nothing was changed.\n";
        String noRegister = plan.noRegister() == null ? "" : plan.noRegister() + "\n";
        return heading() + (plan.rows().isEmpty() ? "" : table.text(colour) + "\n") + previews + noRegister + summary;
    }

    private static String preview(Answer.PlanRow row) {
        String title =
                row.planned().migration().id() + " " + row.planned().migration().name();
        if (row.previewError() != null) {
            return title + " could not say what it would do: " + row.previewError() + "\n";
        }
        return row.preview() == null
                ? ""
                : title + " says: " + row.preview().strip().replace("\n", "\n  ") + "\n";
    }

    private static Cell what(Planned.What what) {
        return switch (what) {
            case RUN -> Cell.of("run", Style.OPEN);
            case SKIP -> Cell.of("skip", Style.FAINT);
            case BLOCKED -> Cell.of("BLOCKED", Style.BAD);
        };
    }

    private String run(Answer.Run run) {
        String lines = run.done().stream()
                .map(done -> done.attempt().title() + ": " + (run.reverts() ? "undone, took " : "took ")
                        + Words.duration(done.took()) + ", finished " + Words.time(done.finishedAt()) + "\n")
                .collect(Collectors.joining());
        int done = run.done().size();
        String what = run.reverts() ? "undone" : "applied";
        if (run.problem() != null) {
            return lines + (done == 0 ? "" : done + " " + what + " in " + environment() + " before it ended.\n");
        }
        String left = run.reverts() ? "" : "; nothing is pending" + (run.to() == null ? "" : " up to " + run.to());
        return lines + Words.count(done, "migration", "migrations") + " " + what + " in " + environment() + " in "
                + Words.duration(run.elapsed()) + left + ".\n";
    }

    private String decision(Answer.Decision decision) {
        if (decision.changed().isEmpty()) {
            return "Nothing to do: all of them are applied in " + environment() + ".\n";
        }
        String lines = decision.changed().stream()
                .map(one -> (one.name() == null ? one.id() + "" : one.id() + " " + one.name())
                        + (one.became() == Answer.Became.APPLIED
                                ? ": counts as applied\n"
                                : ": is pending, and may start\n"))
                .collect(Collectors.joining());
        return lines + "Recorded in " + environment() + " as said by " + decision.by()
                + (decision.reason() == null ? "" : ": " + decision.reason()) + ".\n";
    }
}
