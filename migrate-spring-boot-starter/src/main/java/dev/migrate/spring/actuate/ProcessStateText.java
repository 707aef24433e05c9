package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor.Snapshot;

/** What a process does, for the status page. */
final class ProcessStateText {

    private ProcessStateText() {}

    /** A sentence without its full stop; empty for a blocked process, which the page shows in a section of its own. */
    static String of(Snapshot process) {
        String attempt =
                process.attempt() == null ? "a migration" : process.attempt().displayName();
        return switch (process.state()) {
            case STARTING -> "This process is starting: it looks the migrations up";
            case RUNNING -> "This process runs " + attempt;
            case WAITING -> "This process waits: another one runs " + attempt;
            case BLOCKED -> "";
            case OPEN -> "This process serves";
        };
    }
}
