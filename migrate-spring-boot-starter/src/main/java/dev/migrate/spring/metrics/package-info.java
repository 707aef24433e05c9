/**
 * Meters and observations of migrations, where Micrometer is there.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.metrics;

import org.jspecify.annotations.NullMarked;
