/**
 * Records meters and observations with Micrometer. Start at {@link dev.migrate.spring.metrics.MigrationMetrics}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.metrics;

import org.jspecify.annotations.NullMarked;
