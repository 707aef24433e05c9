package dev.migrate.spring.command;

/**
 * The command is done, well or badly, and its answer is given: the rest of the application is not to start. It has no exit
 * code that Spring Boot would see, for that would end the process before {@link CommandExitRunListener} does.
 */
final class CommandCompletedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandCompletedException(int exitCode) {
        super("The command has ended with " + exitCode, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
