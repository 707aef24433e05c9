package dev.migrate.internal.ledger;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The operator who changed the ledger with a command.
 *
 * @param process the process that ran the command
 * @param user the name that the operating system has for the person, or null
 * @since 0.1
 */
public record Operator(Owner process, @Nullable String user) {

    /** Makes the name printable: a ledger may have been edited by hand. */
    public Operator {
        user = ForeignText.printableOrNull(user);
    }

    @Override
    public String toString() {
        return user == null ? process.toString() : user + " (" + process + ")";
    }
}
