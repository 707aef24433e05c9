/**
 * Migrations in a Spring Boot application: found, made and run at its start.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring;

import org.jspecify.annotations.NullMarked;
