package dev.migrate.internal.plan;

import dev.migrate.internal.execution.MigrationDefinition;
import dev.migrate.listener.BlockingVerdict;
import dev.migrate.listener.RunningMigration;

/** What a process does next, decided from the state of the register. */
public sealed interface Decision {

    /** Nothing is pending: the application may serve requests. */
    record Ready() implements Decision {}

    /** Another process runs a migration: wait. */
    record Wait(RunningMigration running) implements Decision {}

    /** This migration may run: claim it. */
    record Claim(MigrationDefinition migration) implements Decision {}

    /** A verdict blocks the start. */
    record Blocked(BlockingVerdict halted) implements Decision {}
}
