package dev.migrate.ledger;

/**
 * How an attempt ended that did not end well.
 *
 * @since 0.1
 */
public enum Verdict {
    /** The action threw an exception. */
    FAILED,
    /** The owner was lost, or was told to end, before the action had ended; nobody knows how far it came. */
    INTERRUPTED
}
