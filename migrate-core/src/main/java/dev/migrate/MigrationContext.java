package dev.migrate;

import java.util.Optional;

/**
 * What a {@link ResumableAction} tells and asks while it runs. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface MigrationContext {

    /** The longest checkpoint, in bytes of UTF-8. */
    int MAX_CHECKPOINT_BYTES = 16 * 1024;

    /**
     * The last checkpoint: one saved in this run of the action or, before that, the last one an earlier attempt left in
     * the ledger.
     *
     * @return the last checkpoint; empty when the action starts from the beginning
     */
    Optional<String> lastCheckpoint();

    /**
     * Saves how far the action has come. It returns at once: the last checkpoint saved is written to the ledger at most
     * once a second, and always when the action ends, fails or is stopped by SIGTERM. A process that is killed can lose
     * the last second, so what follows a checkpoint may be done again.
     *
     * @param checkpoint any text, at most {@value #MAX_CHECKPOINT_BYTES} bytes of UTF-8
     * @throws IllegalArgumentException if the text is longer
     */
    void saveCheckpoint(String checkpoint);

    /**
     * Tells how much is done. Written to the ledger with the next checkpoint or beat.
     *
     * @param done how many units are done, 0 or more
     * @param total how many units there are, {@code done} or more; 0 when that is not known
     * @throws IllegalArgumentException if the numbers are out of range
     */
    void reportProgress(long done, long total);

    /**
     * Whether the action should save a checkpoint and end by an exception: the process was asked to end, or its claim
     * is lost. Whoever asks often loses little.
     *
     * @return whether to stop
     */
    boolean isCancelled();
}
