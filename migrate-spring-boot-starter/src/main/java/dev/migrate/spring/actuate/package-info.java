/**
 * What the management endpoints say of migrations.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.actuate;

import org.jspecify.annotations.NullMarked;
