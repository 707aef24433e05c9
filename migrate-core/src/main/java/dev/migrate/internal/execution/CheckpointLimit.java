package dev.migrate.internal.execution;

import dev.migrate.MigrationContext;
import java.nio.charset.StandardCharsets;

/** The length of a checkpoint. */
public final class CheckpointLimit {

    private CheckpointLimit() {}

    /**
     * Refuses a checkpoint that the ledger would not keep.
     *
     * @throws IllegalArgumentException if it is longer than {@value MigrationContext#MAX_CHECKPOINT_BYTES} bytes
     */
    public static void check(String checkpoint) {
        int bytes = checkpoint.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MigrationContext.MAX_CHECKPOINT_BYTES) {
            throw new IllegalArgumentException("The checkpoint has " + bytes + " bytes of UTF-8; at most "
                    + MigrationContext.MAX_CHECKPOINT_BYTES + " are kept. Save where to go on, not what was done.");
        }
    }
}
