package dev.migrate.internal.plan;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner runs.
 *
 * @param environment the environment whose ledger it is
 * @param deployment the build that runs, such as an image digest; null when it is not known
 * @param owner this process
 * @param lease after how long without a beat a waiter may take the owner for lost; 1 second to 1 hour
 * @param shutdownGrace how long a running action may go on after the process was asked to end; 0 or more
 * @param onFailure what a failed migration does to the start
 * @param outOfOrder how to handle a pending migration whose number is lower than an applied one
 * @param recordErrorMessage whether the message of an exception goes into the ledger, or its class alone
 * @param upTo the last migration to run; null for all
 * @param storeTimeout how long a store may give no answer before the run fails; null for as long as it takes
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
        /** The start waits, for ever, until a verdict is gone. */
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
        // As the ledger has it, so that the two can be compared.
        deployment = ForeignText.printableOrNull(deployment);
        if (lease.compareTo(MIN_LEASE) < 0 || lease.compareTo(MAX_LEASE) > 0) {
            throw new IllegalArgumentException("lease " + lease + " is out of range: 1 second to 1 hour");
        }
        if (shutdownGrace.isNegative()) {
            throw new IllegalArgumentException("shutdown grace " + shutdownGrace + " is negative");
        }
    }

    /**
     * Settings for a start: all migrations, and a store is asked for as long as it takes.
     *
     * @param environment the environment whose ledger it is
     * @param deployment the build that runs, or null
     * @param owner this process
     * @param lease after how long without a beat a waiter may take the owner for lost
     * @param shutdownGrace how long a running action may go on after the process was asked to end
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
     * The usual settings: a lease of 60 s, a grace of 25 s, blocking on failure, running what is out of order,
     * recording messages.
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
     * The same settings for a run that a person waits for: it ends instead of being blocked, and does not ask a store for
     * ever.
     *
     * @param most how long a store may give no answer
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
