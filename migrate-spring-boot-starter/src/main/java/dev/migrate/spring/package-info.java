/**
 * Runs migrations when a Spring Boot application starts. Start at {@link dev.migrate.spring.MigrateProperties}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring;

import org.jspecify.annotations.NullMarked;
