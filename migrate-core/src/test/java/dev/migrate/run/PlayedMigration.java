package dev.migrate.run;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;

/** A migration whose action is played. */
record PlayedMigration(MigrationId id, String name, boolean rerunnable, boolean resumable)
        implements MigrationDefinition {

    static PlayedMigration plain(String id) {
        return new PlayedMigration(MigrationId.of(id), "M" + id, false, false);
    }

    static PlayedMigration named(String id, String name) {
        return new PlayedMigration(MigrationId.of(id), name, false, false);
    }

    static PlayedMigration rerunnable(String id) {
        return new PlayedMigration(MigrationId.of(id), "M" + id, true, false);
    }

    static PlayedMigration resumable(String id) {
        return new PlayedMigration(MigrationId.of(id), "M" + id, false, true);
    }

    @Override
    public String origin() {
        return "played." + name;
    }

    @Override
    public Class<? extends MigrationAction> type() {
        return resumable ? ResumableAction.class : MigrationAction.class;
    }

    @Override
    public MigrationAction action() {
        throw new UnsupportedOperationException("it is played");
    }
}
