package dev.migrate.spring.command;

import dev.migrate.internal.reporting.OperatorInstructions;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;
import dev.migrate.spring.StartupContext;
import dev.migrate.spring.command.TextTable.Cell;
import dev.migrate.spring.command.TextTable.Style;
import dev.migrate.spring.report.DisplayFormats;
import dev.migrate.spring.report.HistoryRow;
import dev.migrate.spring.report.Problem;
import dev.migrate.spring.report.StatusReport;
import dev.migrate.spring.report.StatusRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result of a command as text. */
record TextResultFormatter(StartupContext context, Instant now, boolean colour) {

    String of(CommandResult result) {
        if (result instanceof CommandResult.Status status) {
            return status(status.report());
        } else if (result instanceof CommandResult.History history) {
            return history(history);
        } else if (result instanceof CommandResult.Plan plan) {
            return heading() + PlanTextFormatter.of(plan, colour);
        } else if (result instanceof CommandResult.Run run) {
            return run(run);
        } else if (result instanceof CommandResult.Decision decision) {
            return decision(decision);
        } else if (result instanceof CommandResult.Help help) {
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
        String deployment = context.settings().deployment();
        return "Environment " + environment() + ", ledger " + context.store().describe()
                + (deployment == null ? "" : ", deployment " + deployment) + "\n\n";
    }

    private String environment() {
        return context.settings().environment().value();
    }

    private String status(StatusReport status) {
        TextTable table = new TextTable("ID", "NAME", "STATE", "ATTEMPTS", "WHEN", "TOOK", "DEPLOYMENT", "NOTE");
        for (StatusRow row : status.rows()) {
            table.line(
                    Cell.of(row.id()),
                    Cell.of(row.name()),
                    state(row.state()),
                    Cell.right(row.attempts() == 0 ? "" : Integer.toString(row.attempts())),
                    Cell.of(DisplayFormats.when(row.at(), now)),
                    Cell.right(DisplayFormats.duration(row.took())),
                    Cell.of(DisplayFormats.brief(row.deployment())),
                    Cell.of(DisplayFormats.beginning(row.note())));
        }
        StringBuilder text = new StringBuilder(heading());
        if (!status.rows().isEmpty()) {
            text.append(table.text(colour)).append('\n');
        }
        text.append(DisplayFormats.count(status.rows().size(), "migration", "migrations"))
                .append(counts(status.rows()));
        if (status.noRegister() != null) {
            text.append(status.noRegister()).append('\n');
        }
        RunningMigration running = status.running();
        if (running != null) {
            Attempt attempt = running.attempt();
            text.append("RUNNING: ")
                    .append(displayName(attempt))
                    .append(", owned by ")
                    .append(attempt.owner())
                    .append(since(attempt.startedAt()))
                    .append(".\n  ")
                    .append(OperatorInstructions.of(running))
                    .append('\n');
        }
        BlockingVerdict halted = status.halted();
        if (halted != null) {
            text.append(halted(halted, status));
        }
        return text.append(differences(status)).toString();
    }

    private String halted(BlockingVerdict halted, StatusReport status) {
        Attempt attempt = halted.attempt();
        return "HALTED: " + displayName(attempt) + " is " + halted.outcome() + ", owned by " + attempt.owner()
                + since(halted.at()) + (halted.error() == null ? "" : ": " + halted.error()) + "\n  "
                + status.advice(context) + "\n";
    }

    private static String displayName(Attempt attempt) {
        return (attempt.isRevert() ? "reverting " : "") + attempt.displayName() + ", attempt " + attempt.number();
    }

    private String since(@Nullable Instant time) {
        return time == null ? "" : ", since " + DisplayFormats.when(time, now);
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

    private static String differences(StatusReport status) {
        return status.differences().stream()
                .map(difference -> difference.title() + ". " + difference.advice() + "\n")
                .collect(Collectors.joining());
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

    private String history(CommandResult.History history) {
        if (history.rows().isEmpty()) {
            return heading() + "Nothing has happened yet.\n";
        }
        TextTable table = new TextTable("WHEN", "ID", "NAME", "ATTEMPT", "WHAT", "TOOK", "DEPLOYMENT", "BY", "WHY");
        for (HistoryRow row : history.rows()) {
            Attempt attempt = row.attempt();
            table.line(
                    Cell.of(
                            row.isRunning()
                                    ? "since " + DisplayFormats.time(attempt.startedAt())
                                    : DisplayFormats.time(row.at())),
                    Cell.of(attempt.id().toString()),
                    Cell.of(attempt.name()),
                    Cell.right(attempt.number() == 0 ? "" : Integer.toString(attempt.number())),
                    what(row),
                    Cell.right(DisplayFormats.duration(row.took())),
                    Cell.of(DisplayFormats.brief(attempt.deployment())),
                    Cell.of(row.by() != null ? row.by().toString() : owner(attempt)),
                    Cell.of(row.reason() != null ? row.reason() : row.error()));
        }
        return heading() + table.text(colour);
    }

    private static String owner(Attempt attempt) {
        return attempt.owner() == null ? "" : attempt.owner().toString();
    }

    private static Cell what(HistoryRow row) {
        String reverting = row.attempt().isRevert() ? "reverting " : "";
        return switch (row.what()) {
            case "applied" -> Cell.of("applied", Style.GOOD);
            case "running" -> Cell.of(reverting.isEmpty() ? "running" : "reverting", Style.BUSY);
            case "failed", "interrupted" -> Cell.of(reverting + row.what().toUpperCase(Locale.ROOT), Style.BAD);
            case "revert", "retry", "resolve", "stamp" -> Cell.of(HistoryRow.word(row.what()), Style.OPEN);
            default -> Cell.of(row.what());
        };
    }

    private String run(CommandResult.Run run) {
        String lines = run.done().stream()
                .map(done -> done.attempt().displayName() + ": " + (run.reverts() ? "reverted, took " : "took ")
                        + DisplayFormats.duration(done.took()) + ", finished " + DisplayFormats.time(done.finishedAt())
                        + "\n")
                .collect(Collectors.joining());
        int done = run.done().size();
        String what = run.reverts() ? "reverted" : "applied";
        if (run.problem() != null) {
            return lines + (done == 0 ? "" : done + " " + what + " in " + environment() + " before it ended.\n");
        }
        String left = run.reverts() ? "" : "; nothing is pending" + (run.to() == null ? "" : " up to " + run.to());
        return lines + DisplayFormats.count(done, "migration", "migrations") + " " + what + " in " + environment()
                + " in " + DisplayFormats.duration(run.elapsed()) + left + ".\n";
    }

    private String decision(CommandResult.Decision decision) {
        if (decision.changed().isEmpty()) {
            return "Nothing to do: all of them are applied in " + environment() + ".\n";
        }
        String lines = decision.changed().stream()
                .map(one -> (one.name() == null ? one.id() + "" : one.id() + " " + one.name())
                        + (one.became() == CommandResult.NewState.APPLIED
                                ? ": counts as applied\n"
                                : ": is pending, and may run again\n"))
                .collect(Collectors.joining());
        return lines + "Recorded in " + environment() + " by " + decision.by()
                + (decision.reason() == null ? "" : ": " + decision.reason()) + ".\n";
    }
}
