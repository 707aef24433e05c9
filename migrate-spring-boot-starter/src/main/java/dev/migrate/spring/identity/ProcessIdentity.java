package dev.migrate.spring.identity;

import dev.migrate.EnvironmentName;
import dev.migrate.listener.Attempt.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Where this process runs.
 *
 * @param environment the environment
 * @param owner this process
 * @param imageDigest the digest of the container's image; null outside Amazon ECS, or where nobody needs it
 */
public record ProcessIdentity(EnvironmentName environment, Owner owner, @Nullable String imageDigest) {}
