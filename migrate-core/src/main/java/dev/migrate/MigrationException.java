package dev.migrate;

import dev.migrate.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the exceptions of this library. The message says what happened and why; the {@linkplain #action()
 * action} says what to do.
 *
 * @since 0.1
 */
public abstract class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * For subclasses.
     *
     * @param message what happened, to what, and why
     * @param action what to do now
     * @param cause the cause, or null
     */
    protected MigrationException(String message, String action, @Nullable Throwable cause) {
        super(ForeignText.printableLines(message), cause);
        this.action = ForeignText.printableLines(action);
    }

    /**
     * What to do now.
     *
     * @return one or more sentences for the operator
     */
    public String action() {
        return action;
    }
}
