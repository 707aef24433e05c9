package dev.migrate.run;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;

/** A migration whose action a test gives. */
record Given(MigrationId id, String name, boolean rerunnable, MigrationAction action) implements MigrationDefinition {

    @Override
    public String origin() {
        return "test." + name;
    }

    @Override
    public Class<? extends MigrationAction> type() {
        return action instanceof ResumableAction ? ResumableAction.class : MigrationAction.class;
    }
}
