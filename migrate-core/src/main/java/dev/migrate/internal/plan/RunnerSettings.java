package dev.migrate.internal.plan;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.reporting.MigrationsBlockedException;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run. Immutable; the {@link Builder} checks them.
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

    private RunnerSettings(Builder builder) {
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
    public static Builder builder(EnvironmentName environment, Owner owner) {
        return new Builder(environment, owner);
    }

    /** Starts with these settings. */
    public Builder toBuilder() {
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

    /** Builds {@link RunnerSettings}. */
    public static final class Builder {

        private final EnvironmentName environment;
        private final Owner owner;
        private @Nullable String deployment;
        private Duration lease = Duration.ofSeconds(60);
        private Duration shutdownGrace = Duration.ofSeconds(25);
        private OnFailure onFailure = OnFailure.BLOCK;
        private OutOfOrder outOfOrder = OutOfOrder.RUN;
        private boolean recordErrorMessage = true;
        private @Nullable MigrationId upTo;
        private @Nullable Duration storeTimeout;

        private Builder(EnvironmentName environment, Owner owner) {
            this.environment = environment;
            this.owner = owner;
        }

        public Builder deployment(@Nullable String value) {
            // In the form that the ledger uses, so that the two are comparable.
            deployment = ForeignText.printableOrNull(value);
            return this;
        }

        public Builder lease(Duration value) {
            lease = value;
            return this;
        }

        public Builder shutdownGrace(Duration value) {
            shutdownGrace = value;
            return this;
        }

        public Builder onFailure(OnFailure value) {
            onFailure = value;
            return this;
        }

        public Builder outOfOrder(OutOfOrder value) {
            outOfOrder = value;
            return this;
        }

        public Builder recordErrorMessage(boolean value) {
            recordErrorMessage = value;
            return this;
        }

        public Builder upTo(@Nullable MigrationId value) {
            upTo = value;
            return this;
        }

        public Builder storeTimeout(@Nullable Duration value) {
            storeTimeout = value;
            return this;
        }

        /**
         * Checks the settings.
         *
         * @throws IllegalArgumentException if a value is out of range; the message names the setting and the value
         */
        public RunnerSettings build() {
            if (lease.compareTo(MIN_LEASE) < 0 || lease.compareTo(MAX_LEASE) > 0) {
                throw new IllegalArgumentException("lease " + lease + " is out of range: 1 second to 1 hour");
            }
            if (shutdownGrace.isNegative()) {
                throw new IllegalArgumentException("shutdown grace " + shutdownGrace + " is negative");
            }
            return new RunnerSettings(this);
        }
    }
}
