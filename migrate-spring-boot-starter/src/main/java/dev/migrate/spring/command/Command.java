package dev.migrate.spring.command;

import dev.migrate.MigrationId;
import dev.migrate.internal.plan.RevertTarget;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator asks for. */
sealed interface Command {

    /** Runs what is pending, all of it or up to a migration. */
    record Migrate(@Nullable MigrationId to) implements Command {}

    /** Says what {@link Migrate} would do. */
    record Plan(@Nullable MigrationId to) implements Command {}

    /** Says how every migration stands. */
    record Status() implements Command {}

    /** Says what happened, to all or to one. */
    record History(@Nullable MigrationId id) implements Command {}

    /** Reverts. */
    record Revert(RevertTarget target) implements Command {}

    /** Says that all up to a migration count as applied. */
    record Stamp(MigrationId to) implements Command {}

    /** Says that what a verdict is about had finished. */
    record Resolve(MigrationId id) implements Command {}

    /** Allows another start. */
    record Retry(MigrationId id) implements Command {}

    /** Says what can be asked for. */
    record Help() implements Command {}

    /** The word by which it is asked for. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether the environment must be confirmed first. */
    default boolean needsConfirmation() {
        return this instanceof Revert || this instanceof Stamp || this instanceof Resolve || this instanceof Retry;
    }
}
