package dev.migrate.internal.protocol;

import dev.migrate.MigrationAction;
import dev.migrate.MigrationId;
import dev.migrate.ResumableAction;
import dev.migrate.ReversibleAction;
import dev.migrate.internal.execution.MigrationDefinition;

/** A migration whose action is played. */
record SimMigration(MigrationId id, Kind kind) implements MigrationDefinition {

    enum Kind {
        PLAIN,
        RERUNNABLE,
        RESUMABLE
    }

    @Override
    public String name() {
        return "M" + id;
    }

    @Override
    public boolean rerunnable() {
        return kind == Kind.RERUNNABLE;
    }

    @Override
    public String origin() {
        return "sim.M" + id;
    }

    @Override
    public Class<? extends MigrationAction> type() {
        return kind == Kind.RESUMABLE ? ReversibleResumable.class : ReversibleAction.class;
    }

    private interface ReversibleResumable extends ResumableAction, ReversibleAction {}

    @Override
    public MigrationAction action() {
        throw new UnsupportedOperationException("it is played");
    }

    @Override
    public String toString() {
        return id + ":" + kind;
    }
}
