package dev.migrate.spring.command;

import dev.migrate.internal.plan.PlannedMigration;
import dev.migrate.spring.command.TextTable.Cell;
import dev.migrate.spring.command.TextTable.Style;
import dev.migrate.spring.report.DisplayFormats;

/** The result of a dry run as text. */
final class PlanTextFormatter {

    private PlanTextFormatter() {}

    static String of(CommandResult.Plan plan, boolean colour) {
        TextTable table = new TextTable("ID", "NAME", "PLAN", "WHY");
        StringBuilder previews = new StringBuilder();
        int run = 0;
        int blocked = 0;
        for (CommandResult.PlanRow row : plan.rows()) {
            PlannedMigration planned = row.planned();
            run += planned.action() == PlannedMigration.PlannedAction.RUN ? 1 : 0;
            blocked += planned.action() == PlannedMigration.PlannedAction.BLOCKED ? 1 : 0;
            table.line(
                    Cell.of(planned.migration().id().toString()),
                    Cell.of(planned.migration().name()),
                    what(planned.action()),
                    Cell.of(planned.reason()));
            previews.append(preview(row));
        }
        String summary = run + " would run" + (blocked == 0 ? "" : ", " + blocked + " could not") + ", of "
                + DisplayFormats.count(plan.rows().size(), "migration", "migrations") + ". Nothing was changed.\n";
        // No row shows a verdict on a migration that this build does not contain.
        String obstacle =
                blocked > 0 || plan.obstacle() == null ? "" : "A start is blocked: " + plan.obstacle() + ".\n";
        String noRegister = plan.noRegister() == null ? "" : plan.noRegister() + "\n";
        return (plan.rows().isEmpty() ? "" : table.text(colour) + "\n") + previews + noRegister + obstacle + summary;
    }

    private static String preview(CommandResult.PlanRow row) {
        String title =
                row.planned().migration().id() + " " + row.planned().migration().name();
        if (row.previewError() != null) {
            return title + " failed to show a preview: " + row.previewError() + "\n";
        }
        return row.preview() == null
                ? ""
                : title + " says: " + row.preview().strip().replace("\n", "\n  ") + "\n";
    }

    private static Cell what(PlannedMigration.PlannedAction what) {
        return switch (what) {
            case RUN -> Cell.of("run", Style.OPEN);
            case SKIP -> Cell.of("skip", Style.FAINT);
            case BLOCKED -> Cell.of("BLOCKED", Style.BAD);
        };
    }
}
