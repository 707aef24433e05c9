/**
 * What Amazon ECS tells a task about itself.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.ecs;

import org.jspecify.annotations.NullMarked;
