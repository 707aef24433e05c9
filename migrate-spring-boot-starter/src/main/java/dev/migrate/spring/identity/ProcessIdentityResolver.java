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

/** Finds out where this process runs: by its configuration, or by asking Amazon ECS. Never by a guess. */
public final class ProcessIdentityResolver {

    private static final Logger log = LoggerFactory.getLogger(ProcessIdentityResolver.class);

    private static final String SET_IT =
            "Set migrate.environment (or the environment variable MIGRATE_ENVIRONMENT) to the name of this environment,"
                    + " such as odin-dev. On Amazon ECS it defaults to the family of the task.";

    private final @Nullable EnvironmentName configured;
    private final @Nullable EcsMetadata ecs;
    private final boolean digestNeeded;
    private final @Nullable String hostName;

    /**
     * Checks what can be checked without asking anybody.
     *
     * @throws MigrateConfigurationException if no environment is named, or by a name that cannot be one
     */
    public ProcessIdentityResolver(MigrateProperties properties, PropertyResolver variables) {
        String endpoint = variables.getProperty(EcsMetadata.VARIABLE);
        this.ecs = StringUtils.hasText(endpoint) ? new EcsMetadata(endpoint) : null;
        this.configured = StringUtils.hasText(properties.environment())
                ? name("migrate.environment", properties.environment())
                : null;
        this.digestNeeded = !StringUtils.hasText(properties.deployment());
        this.hostName = variables.getProperty("HOSTNAME");
        if (configured == null && ecs == null) {
            throw new MigrateConfigurationException(
                    "It is not known which environment this is: migrate.environment is not set, and there is no task"
                            + " metadata of Amazon ECS.",
                    SET_IT);
        }
    }

    /**
     * Finds out the rest.
     *
     * @throws MigrateConfigurationException if the environment, or the deployment on Amazon ECS, cannot be found
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
                        "It is not known which environment this is: migrate.environment is not set, and the task"
                                + " metadata of Amazon ECS cannot be read: "
                                + ForeignText.safe(String.valueOf(e.getMessage())),
                        SET_IT,
                        e);
            }
            log.warn(
                    "The task metadata of Amazon ECS cannot be read; the ledger will not name the task: {}",
                    ForeignText.safe(e.toString()));
            return Optional.empty();
        }
    }

    private static EnvironmentName family(Optional<EcsTask> task) {
        return task.map(EcsTask::family)
                .map(family -> name("the family of the ECS task", family))
                .orElseThrow(() -> new MigrateConfigurationException(
                        "It is not known which environment this is: migrate.environment is not set, and the task"
                                + " metadata of Amazon ECS names no family.",
                        SET_IT));
    }

    private static EnvironmentName name(String source, String value) {
        try {
            return new EnvironmentName(value);
        } catch (IllegalArgumentException e) {
            throw new MigrateConfigurationException("As " + source + ", " + e.getMessage() + ".", SET_IT, e);
        }
    }

    private @Nullable String imageDigest() {
        if (ecs == null || !digestNeeded) {
            return null;
        }
        try {
            return ecs.imageDigest();
        } catch (IOException e) {
            // Under another kind of name the same build would pass for another one, and try again what it failed with.
            throw new MigrateConfigurationException(
                    "It is not known which deployment this is: migrate.deployment is not set, and the container metadata"
                            + " of Amazon ECS cannot be read: " + ForeignText.safe(String.valueOf(e.getMessage())),
                    "Start the task again; if that does not help, set migrate.deployment (or the environment variable"
                            + " MIGRATE_DEPLOYMENT) to a name that every build has for itself.",
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
