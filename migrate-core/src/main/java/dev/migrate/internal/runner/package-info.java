/**
 * Runs the steps of the protocol with the real store and the real clock. Start at
 * {@link dev.migrate.internal.runner.MigrationRunner}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.internal.runner;

import org.jspecify.annotations.NullMarked;
