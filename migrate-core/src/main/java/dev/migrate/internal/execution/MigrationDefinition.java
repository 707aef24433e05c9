package dev.migrate.internal.execution;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.listener.Attempt;

/**
 * A migration as the runner sees it: known by what its annotation says, with its class and its action made only when
 * they are needed. For an applied migration neither is.
 *
 * @since 0.1
 */
public interface MigrationDefinition {

    /**
     * The sequence number.
     *
     * @return the number
     */
    MigrationId id();

    /**
     * The name that the ledger keeps.
     *
     * @return the name, not empty
     */
    String name();

    /**
     * Whether the action may be started again after a start that did not finish.
     *
     * @return what the annotation says
     */
    boolean rerunnable();

    /**
     * Where the migration is declared, for messages: the name of a class, or of a method.
     *
     * @return the place in the code
     */
    String origin();

    /**
     * The class of the action, loaded but not initialised. Asked for when the migration is pending, before anything is
     * tried.
     *
     * @return a class that can be instantiated to an action
     * @throws MigrationDefinitionException if there is no such class or it cannot be an action
     */
    Class<? extends MigrationAction> type();

    /**
     * Makes the action. Called once for each attempt, on the thread that runs it, under the claim.
     *
     * @return the action
     * @throws Exception if it cannot be made, which fails the attempt
     */
    MigrationAction action() throws Exception;

    /**
     * Calls the action of an attempt, on the thread that runs it. To be overridden where something is to stand around
     * that call, such as a span of a trace.
     *
     * <p>Nothing that an override does changes what the attempt comes to. The action is called even if the override
     * throws before it, or leaves it out; what the action throws counts, and nothing that the override throws; and the
     * action cannot be called a second time, or on another thread.
     *
     * @param attempt the attempt
     * @param action makes the action and runs it
     * @throws Exception what the action throws
     */
    default void intercept(Attempt attempt, ActionCall action) throws Exception {
        action.run();
    }

    /**
     * The context that a resumable action gets. To be overridden where a checkpoint takes effect later than at its call,
     * such as at the commit of a transaction.
     *
     * @param context the context of the attempt; a checkpoint that it is given takes effect at once
     * @return the context for the action
     */
    default MigrationContext contextFor(MigrationContext context) {
        return context;
    }

    /** The call of an action. */
    @FunctionalInterface
    interface ActionCall {

        /**
         * Makes the action and runs it, to its end.
         *
         * @throws Exception what the action throws
         */
        void run() throws Exception;
    }

    /**
     * Whether a start that did not finish can be followed by another without leave of an operator.
     *
     * @return whether the action is rerunnable or resumable
     */
    default boolean restartable() {
        return rerunnable() || ResumableAction.class.isAssignableFrom(type());
    }
}
