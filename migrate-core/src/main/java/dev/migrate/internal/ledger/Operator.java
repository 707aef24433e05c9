package dev.migrate.internal.ledger;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Who changed the ledger by hand.
 *
 * @param process the process in which it was done
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
