package dev.migrate.spring.ecs;

import org.jspecify.annotations.Nullable;

/**
 * An ECS task as described by the task metadata endpoint.
 *
 * @param family the family of its task definition, or null
 * @param arn its ARN, or null
 * @since 0.1
 */
public record EcsTask(@Nullable String family, @Nullable String arn) {}
