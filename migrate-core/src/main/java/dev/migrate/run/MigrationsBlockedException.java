package dev.migrate.run;

import dev.migrate.MigrationException;

/**
 * The start cannot go on, and was told to fail rather than to wait ({@link RunnerSettings.OnFailure#EXIT}): a migration
 * failed or was interrupted, or the ledger refused.
 *
 * @since 0.1
 */
public final class MigrationsBlockedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient Block block;

    MigrationsBlockedException(Block block) {
        super(block.reason(), block.wayOut(), null);
        this.block = block;
    }

    /**
     * What blocks.
     *
     * @return the block
     */
    public Block block() {
        return block;
    }
}
