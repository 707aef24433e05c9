package dev.migrate.ledger;

import dev.migrate.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs, as the ledger names it.
 *
 * @param host the host's name
 * @param pid the process id there
 * @param task the ARN of the ECS task, or null elsewhere
 * @since 0.1
 */
public record Owner(String host, long pid, @Nullable String task) {

    /** Makes the texts printable: a ledger may have been edited by hand. */
    public Owner {
        host = ForeignText.printable(host);
        task = ForeignText.printableOrNull(task);
    }

    @Override
    public String toString() {
        return task != null ? task : host + ", process " + pid;
    }
}
