package dev.migrate.internal.reporting;

import dev.migrate.MigrationException;
import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.listener.BlockedStart;

/**
 * The startup is blocked, and the settings say to fail instead of waiting ({@link RunnerSettings.OnFailure#EXIT}): a
 * migration failed or was interrupted, or the ledger cannot be used.
 *
 * @since 0.1
 */
public final class MigrationsBlockedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient BlockedStart block;

    public MigrationsBlockedException(BlockedStart block) {
        super(block.description(), block.action(), null);
        this.block = block;
    }

    /**
     * The reason and the action to take.
     *
     * @return the block
     */
    public BlockedStart block() {
        return block;
    }
}
