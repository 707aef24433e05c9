package dev.migrate.internal.plan;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run.
 *
 * @param environment the environment whose ledger it is
 * @param deployment the build that runs, such as an image digest; null when it is not known
 * @param owner this process
 * @param lease how long an owner may send no heartbeat before another process may take over; 1 second to 1 hour
 * @param shutdownGrace how long a running action may go on after the shutdown of the process begins; 0 or more
 * @param onFailure what a failed migration does to the start
 * @param outOfOrder how to handle a pending migration whose number is lower than an applied one
 * @param recordErrorMessage whether the message of an exception goes into the ledger, or its class alone
 * @param upTo the last migration to run; null for all
 * @param storeTimeout how long the store may be unavailable before the run fails; null to retry without limit
 * @since 0.1
 */
public record RunnerSettings(
        EnvironmentName environment,
        @Nullable String deployment,
        Owner owner,
        Duration lease,
        Duration shutdownGrace,
        OnFailure onFailure,
        OutOfOrder outOfOrder,
        boolean recordErrorMessage,
        @Nullable MigrationId upTo,
        @Nullable Duration storeTimeout) {

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

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public RunnerSettings {
        // In the form that the ledger uses, so that the two are comparable.
        deployment = ForeignText.printableOrNull(deployment);
        if (lease.compareTo(MIN_LEASE) < 0 || lease.compareTo(MAX_LEASE) > 0) {
            throw new IllegalArgumentException("lease " + lease + " is out of range: 1 second to 1 hour");
        }
        if (shutdownGrace.isNegative()) {
            throw new IllegalArgumentException("shutdown grace " + shutdownGrace + " is negative");
        }
    }

    /**
     * Settings for a start: all migrations, and retries of the store without limit.
     *
     * @param environment the environment whose ledger it is
     * @param deployment the build that runs, or null
     * @param owner this process
     * @param lease how long an owner may send no heartbeat before another process may take over
     * @param shutdownGrace how long a running action may go on after the shutdown of the process begins
     * @param onFailure what a failed migration does to the start
     * @param outOfOrder how to handle a pending migration whose number is lower than an applied one
     * @param recordErrorMessage whether the message of an exception goes into the ledger
     * @throws IllegalArgumentException if a value is out of range
     */
    public RunnerSettings(
            EnvironmentName environment,
            @Nullable String deployment,
            Owner owner,
            Duration lease,
            Duration shutdownGrace,
            OnFailure onFailure,
            OutOfOrder outOfOrder,
            boolean recordErrorMessage) {
        this(
                environment,
                deployment,
                owner,
                lease,
                shutdownGrace,
                onFailure,
                outOfOrder,
                recordErrorMessage,
                null,
                null);
    }

    /**
     * The default settings: a lease of 60 s, a shutdown grace of 25 s, a failure blocks, migrations out of order run, and
     * error messages are recorded.
     *
     * @param environment the environment whose ledger it is
     * @param deployment the build that runs; null when it is not known
     * @param owner this process
     * @return the settings
     */
    public static RunnerSettings of(EnvironmentName environment, @Nullable String deployment, Owner owner) {
        return new RunnerSettings(
                environment,
                deployment,
                owner,
                Duration.ofSeconds(60),
                Duration.ofSeconds(25),
                OnFailure.BLOCK,
                OutOfOrder.RUN,
                true);
    }

    /**
     * The same settings for a run that an operator waits for: it fails instead of being blocked, and does not retry the store
     * without limit.
     *
     * @param most how long the store may be unavailable
     * @return the settings
     */
    public RunnerSettings failFast(Duration most) {
        return with(OnFailure.EXIT, upTo, most);
    }

    /**
     * The same settings, up to a migration.
     *
     * @param last the last migration to run; null for all
     * @return the settings
     */
    public RunnerSettings upTo(@Nullable MigrationId last) {
        return with(onFailure, last, storeTimeout);
    }

    private RunnerSettings with(OnFailure then, @Nullable MigrationId last, @Nullable Duration most) {
        return new RunnerSettings(
                environment, deployment, owner, lease, shutdownGrace, then, outOfOrder, recordErrorMessage, last, most);
    }
}
