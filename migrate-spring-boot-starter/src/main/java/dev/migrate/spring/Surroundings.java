package dev.migrate.spring;

import dev.migrate.EnvironmentName;
import dev.migrate.ledger.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Where this process runs.
 *
 * @param environment the environment
 * @param owner this process
 * @param imageDigest the digest of the container's image; null outside Amazon ECS, or where nobody needs it
 */
record Surroundings(EnvironmentName environment, Owner owner, @Nullable String imageDigest) {}
