package dev.migrate.testing;

/**
 * What the protocol promises, as far as a checker can judge it. Every violation begins with the label of its promise, so that
 * a test can ask which promise was broken. The table in {@code docs/protocol.md} has a row for each.
 */
public enum Promise {
    CLAIM("G1 claim", "An action starts only under its own claim in the register."),
    RESTART("G1 restart", "An action starts again only with permission, and never beside its receipt."),
    DEADLINE("G1 deadline", "An action starts before its owner's lease has run out by the owner's clock."),
    SHUTDOWN("G1 shutdown", "No action starts in a process that is shutting down."),
    RECEIPT_FIRST("G2 receipt first", "The receipt is there before the register says applied."),
    RECEIPT("G2 receipt", "Register and receipts agree in the end, and each names an action that returned."),
    LATE_OWNER("G2 late owner", "An action that returned in a live process has a receipt, also after a lost lease."),
    REGISTER("G2 register", "The register keeps each applied record until the migration is reverted."),
    CHECKPOINT("G2 checkpoint", "A resumed action starts from the last checkpoint that the register held."),
    LAST_CHECKPOINT("G2 last checkpoint", "A failure and a shutdown lose no checkpoint."),
    CHECKPOINT_IN_TIME("G2 checkpoint in time", "A kill loses the checkpoints of at most one second."),
    ORDER("G3 order", "Actions start in numeric order."),
    ALONE("G3 alone", "One action runs at a time; only the action of a lost claim may still run beside it."),
    REVERT("G3 revert", "Only applied migrations are reverted, in reverse order."),
    SERVING("G4 serving", "A process begins to serve only when all its migrations are applied."),
    LEASE("G5 lease", "A process takes a claim over only when the owner has been silent for its lease."),
    REPORT("G6 report", "A live process reports how each of its actions ended."),
    PROGRESS("progress", "In the end each live process serves, or is blocked for a reason that still holds.");

    private final String label;
    private final String sentence;

    Promise(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** The short name, with which every violation begins. */
    public String label() {
        return label;
    }

    /** What is promised. */
    public String sentence() {
        return sentence;
    }

    /** The text of a violation. */
    public String broken(String how) {
        return label + ": " + how;
    }

    /** Whether a violation is of this promise. */
    public boolean isBrokenBy(String violation) {
        return violation.startsWith(label + ": ");
    }
}
