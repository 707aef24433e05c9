package dev.migrate.run;

import dev.migrate.ledger.Attempt;
import dev.migrate.text.ForeignText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one call of an action, which is made exactly once, whatever the code that stands around it does. */
final class OneCall implements MigrationDefinition.ActionCall {

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    private final MigrationDefinition.ActionCall action;
    private final Thread thread = Thread.currentThread();
    private boolean made;
    private @Nullable Throwable failure;

    private OneCall(MigrationDefinition.ActionCall action) {
        this.action = action;
    }

    /**
     * Calls an action within what its migration puts around it.
     *
     * @throws Throwable what the action throws, and nothing else
     */
    static void make(MigrationDefinition migration, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Throwable {
        OneCall call = new OneCall(action);
        try {
            migration.surround(attempt, call);
        } catch (Throwable e) { // also an error: an action that has run well must not be taken for one that failed
            if (e != call.failure) {
                log.warn(
                        "What stands around migration {} failed, which changes nothing of the migration itself",
                        attempt.title(),
                        ForeignText.printable(e));
            }
        }
        if (!call.made) {
            call.run();
        } else if (call.failure != null) {
            throw call.failure;
        }
    }

    @Override
    public void run() throws Exception {
        if (made || Thread.currentThread() != thread) {
            throw new IllegalStateException("An action is called once, on its own thread. This call was refused.");
        }
        made = true;
        try {
            action.run();
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }
}
