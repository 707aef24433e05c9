package dev.migrate.internal.execution;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one call of an action, which is made exactly once, whatever the code around it does. */
final class ActionInvocation implements MigrationDefinition.ActionCall {

    private static final Logger log = LoggerFactory.getLogger(ActionInvocation.class);

    private final MigrationDefinition.ActionCall action;
    private final Thread thread = Thread.currentThread();
    private boolean invoked;
    private @Nullable Throwable failure;

    private ActionInvocation(MigrationDefinition.ActionCall action) {
        this.action = action;
    }

    /**
     * Calls an action within what its migration puts around it.
     *
     * @throws Throwable what the action throws, and nothing else
     */
    static void invokeOnce(MigrationDefinition migration, Attempt attempt, MigrationDefinition.ActionCall action)
            throws Throwable {
        ActionInvocation call = new ActionInvocation(action);
        try {
            migration.intercept(attempt, call);
        } catch (Throwable e) { // also an error: an action that has run well must not be taken for one that failed
            if (e != call.failure) {
                log.warn(
                        "The code around migration {} failed; the result of the migration is unaffected",
                        attempt.displayName(),
                        ForeignText.printable(e));
            }
        }
        if (!call.invoked) {
            call.run();
        } else if (call.failure != null) {
            throw call.failure;
        }
    }

    @Override
    public void run() throws Exception {
        if (invoked || Thread.currentThread() != thread) {
            throw new IllegalStateException("An action is called once, on its own thread. This call was refused.");
        }
        invoked = true;
        try {
            action.run();
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }
}
