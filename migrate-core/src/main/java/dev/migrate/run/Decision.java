package dev.migrate.run;

import dev.migrate.ledger.Halted;
import dev.migrate.ledger.Running;

/** What a process has to do, given what the register says. */
sealed interface Decision {

    /** Nothing is pending: serve. */
    record Serve() implements Decision {}

    /** Somebody runs a migration: wait. */
    record Wait(Running running) implements Decision {}

    /** Nothing is in the way of this migration: claim it. */
    record Claim(MigrationDefinition migration) implements Decision {}

    /** A verdict is in the way. */
    record Stop(Halted halted) implements Decision {}
}
