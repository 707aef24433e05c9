/**
 * The gate, which refuses requests with 503 until all migrations are applied. Start at {@link
 * dev.migrate.spring.web.MigrateWebAutoConfiguration}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.web;

import org.jspecify.annotations.NullMarked;
