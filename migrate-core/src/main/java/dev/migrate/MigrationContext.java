package dev.migrate;

import java.util.Optional;

/**
 * The checkpoints and the progress of a {@link ResumableAction}, and whether it should stop. Thread-safe.
 *
 * @since 0.1
 */
public interface MigrationContext {

    /** The longest checkpoint, in bytes of UTF-8. */
    int MAX_CHECKPOINT_BYTES = 16 * 1024;

    /**
     * The last checkpoint: one saved in this run of the action or, before that, the last one an earlier attempt left in
     * the ledger. In a Spring transaction, a checkpoint that was saved in that transaction is the last one.
     *
     * @return the last checkpoint; empty when the action starts from the beginning
     */
    Optional<String> lastCheckpoint();

    /**
     * Saves how far the action has come. It returns at once: the last checkpoint saved is written to the ledger at most
     * once a second, and always when the action ends, fails or is stopped by SIGTERM. A killed process can
     * lose up to one second of checkpoints. Make the work after a checkpoint safe to repeat.
     *
     * <p>With the Spring Boot starter, a checkpoint that is saved while a Spring transaction is active on the calling
     * thread takes effect when that transaction commits. A rollback discards it.
     *
     * @param checkpoint any text, at most {@value #MAX_CHECKPOINT_BYTES} bytes of UTF-8
     * @throws IllegalArgumentException if the text is longer
     */
    void saveCheckpoint(String checkpoint);

    /**
     * Reports the progress. It is written to the ledger with the next checkpoint or heartbeat. It is information only, so
     * it does not wait for the commit of a transaction.
     *
     * @param done how many units are done, 0 or more
     * @param total how many units there are, {@code done} or more; 0 when that is not known
     * @throws IllegalArgumentException if the numbers are out of range
     */
    void reportProgress(long done, long total);

    /**
     * Whether the action should save a checkpoint and throw an exception, because the process shuts down or its claim is
     * lost. Check it often, so that little work is lost.
     *
     * @return whether to stop
     */
    boolean isCancelled();
}
