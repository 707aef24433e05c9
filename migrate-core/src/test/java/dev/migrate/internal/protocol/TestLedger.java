package dev.migrate.internal.protocol;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;

/** A migration whose action a test gives. */
record TestLedger(MigrationId id, String name, boolean rerunnable, MigrationAction action)
        implements MigrationDefinition {

    @Override
    public String origin() {
        return "test." + name;
    }

    @Override
    public Class<? extends MigrationAction> type() {
        return action instanceof ResumableAction ? ResumableAction.class : MigrationAction.class;
    }
}
