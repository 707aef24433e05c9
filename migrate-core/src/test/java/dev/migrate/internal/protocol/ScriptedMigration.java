package dev.migrate.internal.protocol;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.internal.execution.MigrationDefinition;

/** A migration whose action is played. */
public record ScriptedMigration(MigrationId id, String name, boolean rerunnable, boolean resumable)
        implements MigrationDefinition {

    public static ScriptedMigration plain(String id) {
        return new ScriptedMigration(MigrationId.of(id), "M" + id, false, false);
    }

    public static ScriptedMigration named(String id, String name) {
        return new ScriptedMigration(MigrationId.of(id), name, false, false);
    }

    public static ScriptedMigration rerunnable(String id) {
        return new ScriptedMigration(MigrationId.of(id), "M" + id, true, false);
    }

    public static ScriptedMigration resumable(String id) {
        return new ScriptedMigration(MigrationId.of(id), "M" + id, false, true);
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
