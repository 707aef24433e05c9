package dev.migrate.internal.plan;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run. Immutable; the {@link RunnerSettingsBuilder} checks them.
 *
 * @since 0.1
 */
public final class RunnerSettings {

    /** What a failed migration does to the start. */
    public enum OnFailure {
        /** The start waits without limit until the verdict no longer blocks. */
        BLOCK,
        /** The start fails with a {@link MigrationsBlockedException}. */
        EXIT
    }

    /** How to handle a pending migration whose number is lower than an applied one. */
    public enum OutOfOrder {
        /** It runs, with a warning. */
        RUN,
        /** The start fails. */
        REFUSE
    }

    /** The shortest lease. */
    public static final Duration MIN_LEASE = Duration.ofSeconds(1);

    /** The longest lease. */
    public static final Duration MAX_LEASE = Duration.ofHours(1);

    private final EnvironmentName environment;
    private final @Nullable String deployment;
    private final Owner owner;
    private final Duration lease;
    private final Duration shutdownGrace;
    private final OnFailure onFailure;
    private final OutOfOrder outOfOrder;
    private final boolean recordErrorMessage;
    private final @Nullable MigrationId upTo;
    private final @Nullable Duration storeTimeout;

    RunnerSettings(RunnerSettingsBuilder builder) {
        this.environment = builder.environment;
        this.deployment = builder.deployment;
        this.owner = builder.owner;
        this.lease = builder.lease;
        this.shutdownGrace = builder.shutdownGrace;
        this.onFailure = builder.onFailure;
        this.outOfOrder = builder.outOfOrder;
        this.recordErrorMessage = builder.recordErrorMessage;
        this.upTo = builder.upTo;
        this.storeTimeout = builder.storeTimeout;
    }

    /**
     * The default settings.
     *
     * @param environment the environment whose ledger it is
     * @param deployment the build that runs; null when it is not known
     * @param owner this process
     * @return the settings
     */
    public static RunnerSettings of(EnvironmentName environment, @Nullable String deployment, Owner owner) {
        return builder(environment, owner).deployment(deployment).build();
    }

    /**
     * Starts with the defaults: an unknown deployment, a lease of 60 s, a shutdown grace of 25 s, a failure blocks, migrations
     * out of order run, error messages are recorded, all migrations, and retries of the store without limit.
     *
     * @param environment the environment whose ledger it is
     * @param owner this process
     * @return a builder
     */
    public static RunnerSettingsBuilder builder(EnvironmentName environment, Owner owner) {
        return new RunnerSettingsBuilder(environment, owner);
    }

    /** Starts with these settings. */
    public RunnerSettingsBuilder toBuilder() {
        return builder(environment, owner)
                .deployment(deployment)
                .lease(lease)
                .shutdownGrace(shutdownGrace)
                .onFailure(onFailure)
                .outOfOrder(outOfOrder)
                .recordErrorMessage(recordErrorMessage)
                .upTo(upTo)
                .storeTimeout(storeTimeout);
    }

    /**
     * The same settings for a run that an operator waits for: it fails instead of being blocked, and does not retry the store
     * without limit.
     *
     * @param most how long the store may be unavailable
     * @return the settings
     */
    public RunnerSettings failFast(Duration most) {
        return toBuilder().onFailure(OnFailure.EXIT).storeTimeout(most).build();
    }

    /**
     * The same settings, up to a migration.
     *
     * @param last the last migration to run; null for all
     * @return the settings
     */
    public RunnerSettings upTo(@Nullable MigrationId last) {
        return toBuilder().upTo(last).build();
    }

    /** The environment whose ledger it is. */
    public EnvironmentName environment() {
        return environment;
    }

    /** The build that runs, such as an image digest; null when it is not known. */
    public @Nullable String deployment() {
        return deployment;
    }

    /** This process. */
    public Owner owner() {
        return owner;
    }

    /** How long an owner may send no heartbeat before another process may take over; 1 second to 1 hour. */
    public Duration lease() {
        return lease;
    }

    /** How long a running action may go on after the shutdown of the process begins; 0 or more. */
    public Duration shutdownGrace() {
        return shutdownGrace;
    }

    /** What a failed migration does to the start. */
    public OnFailure onFailure() {
        return onFailure;
    }

    /** How to handle a pending migration whose number is lower than an applied one. */
    public OutOfOrder outOfOrder() {
        return outOfOrder;
    }

    /** Whether the message of an exception goes into the ledger, or its class alone. */
    public boolean recordErrorMessage() {
        return recordErrorMessage;
    }

    /** The last migration to run; null for all. */
    public @Nullable MigrationId upTo() {
        return upTo;
    }

    /** How long the store may be unavailable before the run fails; null to retry without limit. */
    public @Nullable Duration storeTimeout() {
        return storeTimeout;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunnerSettings that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "RunnerSettings" + values();
    }

    private List<Object> values() {
        return List.of(
                environment,
                Optional.ofNullable(deployment),
                owner,
                lease,
                shutdownGrace,
                onFailure,
                outOfOrder,
                recordErrorMessage,
                Optional.ofNullable(upTo),
                Optional.ofNullable(storeTimeout));
    }
}
