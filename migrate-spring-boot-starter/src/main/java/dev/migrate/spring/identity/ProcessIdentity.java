package dev.migrate.spring.identity;

import dev.migrate.EnvironmentName;
import dev.migrate.listener.Attempt.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The environment and the identity of this process.
 *
 * @param environment the environment
 * @param owner this process
 * @param imageDigest the digest of the container image; null outside Amazon ECS, or if the deployment is configured
 */
public record ProcessIdentity(EnvironmentName environment, Owner owner, @Nullable String imageDigest) {}
