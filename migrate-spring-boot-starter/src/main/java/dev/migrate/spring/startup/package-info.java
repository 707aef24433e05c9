/**
 * Runs the migrations when the application starts, and stops them when it closes. Start at {@code MigrationStartup}.
 *
 * <p>Internal: may change without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.startup;

import org.jspecify.annotations.NullMarked;
