package dev.migrate.spring.identity;

import dev.migrate.EnvironmentName;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import dev.migrate.spring.MigrateConfigurationException;
import dev.migrate.spring.MigrateProperties;
import dev.migrate.spring.ecs.EcsMetadata;
import dev.migrate.spring.ecs.EcsTask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/**
 * Resolves the environment and the owner of this process from its configuration or the metadata of Amazon ECS. Fails if
 * neither names an environment.
 */
public final class ProcessIdentityResolver {

    private static final Logger log = LoggerFactory.getLogger(ProcessIdentityResolver.class);

    private static final String ACTION =
            "Set migrate.environment (or the environment variable MIGRATE_ENVIRONMENT) to the name of this environment,"
                    + " such as odin-dev. On Amazon ECS it defaults to the family of the task.";

    private final @Nullable EnvironmentName configured;
    private final @Nullable EcsMetadata ecs;
    private final boolean readsImageDigest;
    private final @Nullable String hostName;

    /**
     * Checks the configuration without a request.
     *
     * @throws MigrateConfigurationException if no environment is configured or detectable, or its name is invalid
     */
    public ProcessIdentityResolver(MigrateProperties properties, PropertyResolver environmentVariables) {
        String endpoint = environmentVariables.getProperty(EcsMetadata.VARIABLE);
        this.ecs = StringUtils.hasText(endpoint) ? new EcsMetadata(endpoint) : null;
        this.configured = StringUtils.hasText(properties.environment())
                ? name("migrate.environment", properties.environment())
                : null;
        this.readsImageDigest = !StringUtils.hasText(properties.deployment());
        this.hostName = environmentVariables.getProperty("HOSTNAME");
        if (configured == null && ecs == null) {
            throw new MigrateConfigurationException(
                    "The environment is unknown: migrate.environment is not set, and there is no task metadata of"
                            + " Amazon ECS.",
                    ACTION);
        }
    }

    /**
     * Requests the task metadata, if there is an endpoint, and resolves the identity.
     *
     * @throws MigrateConfigurationException if the environment, or the deployment on Amazon ECS, cannot be resolved
     */
    public ProcessIdentity resolve() {
        Optional<EcsTask> task = Optional.ofNullable(ecs).flatMap(this::task);
        EnvironmentName environment = configured != null ? configured : family(task);
        String arn = task.map(EcsTask::arn).orElse(null);
        return new ProcessIdentity(
                environment, new Owner(host(), ProcessHandle.current().pid(), arn), imageDigest());
    }

    private Optional<EcsTask> task(EcsMetadata metadata) {
        try {
            return Optional.of(metadata.task());
        } catch (IOException e) {
            if (configured == null) {
                throw new MigrateConfigurationException(
                        "The environment is unknown: migrate.environment is not set, and the task metadata of Amazon"
                                + " ECS cannot be read: "
                                + ForeignText.safe(String.valueOf(e.getMessage())),
                        ACTION,
                        e);
            }
            log.warn(
                    "The task metadata of Amazon ECS cannot be read; the ledger will not record the task ARN: {}",
                    ForeignText.safe(e.toString()));
            return Optional.empty();
        }
    }

    private static EnvironmentName family(Optional<EcsTask> task) {
        return task.map(EcsTask::family)
                .map(family -> name("the family of the ECS task", family))
                .orElseThrow(() -> new MigrateConfigurationException(
                        "The environment is unknown: migrate.environment is not set, and the task metadata of Amazon"
                                + " ECS contains no family.",
                        ACTION));
    }

    private static EnvironmentName name(String source, String value) {
        try {
            return new EnvironmentName(value);
        } catch (IllegalArgumentException e) {
            throw new MigrateConfigurationException("As " + source + ", " + e.getMessage() + ".", ACTION, e);
        }
    }

    private @Nullable String imageDigest() {
        if (ecs == null || !readsImageDigest) {
            return null;
        }
        try {
            return ecs.imageDigest();
        } catch (IOException e) {
            // A fallback to another source would make the same build look like a new deployment, which retries a
            // failed migration.
            throw new MigrateConfigurationException(
                    "The deployment is unknown: migrate.deployment is not set, and the container metadata of Amazon"
                            + " ECS cannot be read: " + ForeignText.safe(String.valueOf(e.getMessage())),
                    "Restart the task. If the error persists, set migrate.deployment (or the environment variable"
                            + " MIGRATE_DEPLOYMENT) to a name that is unique to each build.",
                    e);
        }
    }

    private String host() {
        if (hostName != null && !hostName.isBlank()) {
            return hostName;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
