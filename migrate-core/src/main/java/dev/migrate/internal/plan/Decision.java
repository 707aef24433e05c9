package dev.migrate.internal.plan;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;

/** What a process has to do, given what the register says. */
public sealed interface Decision {

    /** Nothing is pending: serve. */
    record Ready() implements Decision {}

    /** Somebody runs a migration: wait. */
    record Wait(RunningMigration running) implements Decision {}

    /** Nothing is in the way of this migration: claim it. */
    record Claim(MigrationDefinition migration) implements Decision {}

    /** A verdict is in the way. */
    record Blocked(BlockingVerdict halted) implements Decision {}
}
