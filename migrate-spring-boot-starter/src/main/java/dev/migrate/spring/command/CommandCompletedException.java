package dev.migrate.spring.command;

/**
 * The command succeeded or failed, and its result was written, so the rest of the application does not start. Spring Boot must
 * not see the exit code: it would end the process before {@link CommandExitRunListener} does.
 */
final class CommandCompletedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandCompletedException(int exitCode) {
        super("The command ended with exit code " + exitCode, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
