/**
 * Clients of the Amazon ECS agent: task metadata and scale-in protection. Start at {@link
 * dev.migrate.spring.ecs.EcsMetadata}.
 *
 * @since 0.1
 */
@NullMarked
package dev.migrate.spring.ecs;

import org.jspecify.annotations.NullMarked;
