/**
 * Auto-configures the beans that run migrations. Start at {@link
 * dev.migrate.spring.autoconfigure.MigrateAutoConfiguration}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
