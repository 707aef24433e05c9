package dev.migrate.spring.ecs;

import org.jspecify.annotations.Nullable;

/**
 * A task, as the metadata endpoint describes it.
 *
 * @param family the family of its task definition, or null
 * @param arn its ARN, or null
 * @since 0.1
 */
public record EcsTask(@Nullable String family, @Nullable String arn) {}
