package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RevertTarget;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A command of an operator. */
sealed interface Command {

    /** Runs the pending migrations, all or up to one. */
    record Migrate(@Nullable MigrationId to) implements Command {}

    /** Shows what {@link Migrate} would do. */
    record Plan(@Nullable MigrationId to) implements Command {}

    /** Shows the state of every migration. */
    record Status() implements Command {}

    /** Shows the history of all migrations or of one. */
    record History(@Nullable MigrationId id) implements Command {}

    /** Reverts applied migrations. */
    record Revert(RevertTarget target) implements Command {}

    /** Records all migrations up to one as applied, without running them. */
    record Stamp(MigrationId to) implements Command {}

    /** Records a failed or interrupted migration as applied. */
    record Resolve(MigrationId id) implements Command {}

    /** Allows another attempt. */
    record Retry(MigrationId id) implements Command {}

    /** Lists the commands. */
    record Help() implements Command {}

    /** The name of the command. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code migrate.confirm} must name the environment. */
    default boolean needsConfirmation() {
        return this instanceof Revert || this instanceof Stamp || this instanceof Resolve || this instanceof Retry;
    }
}
