/**
 * Finds the migrations of an application, without loading a class. Start at {@code MigrationBeanRegistrar}.
 *
 * <p>Internal: it changes without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.discovery;

import org.jspecify.annotations.NullMarked;
