/**
 * The actuator endpoint and the health contributor for migrations. Start at {@link
 * dev.migrate.spring.actuate.MigrationsEndpointAutoConfiguration}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.actuate;

import org.jspecify.annotations.NullMarked;
