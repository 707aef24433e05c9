package dev.migrate.spring.actuate;

import dev.migrate.spring.startup.MigrationMonitor.Snapshot;

/** Describes the state of a process for the status page. */
final class ProcessStateText {

    private ProcessStateText() {}

    /**
     * Returns a sentence without its full stop; empty for a blocked process, which the page shows in a separate
     * section.
     */
    static String of(Snapshot process) {
        String attempt =
                process.attempt() == null ? "a migration" : process.attempt().displayName();
        return switch (process.state()) {
            case STARTING -> "This process is starting: checking for pending migrations";
            case RUNNING -> "This process runs " + attempt;
            case WAITING -> "This process is waiting: another process runs " + attempt;
            case BLOCKED -> "";
            case OPEN -> "This process is serving";
        };
    }
}
