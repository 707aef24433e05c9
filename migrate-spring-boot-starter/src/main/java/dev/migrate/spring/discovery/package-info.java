/**
 * Finds the migrations of an application without loading their classes. Start at {@code MigrationBeanRegistrar}.
 *
 * <p>Internal: may change without notice.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.discovery;

import org.jspecify.annotations.NullMarked;
