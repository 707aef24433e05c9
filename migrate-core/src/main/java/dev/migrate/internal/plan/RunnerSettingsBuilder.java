package dev.migrate.internal.plan;

import dev.migrate.EnvironmentName;
import dev.migrate.MigrationId;
import dev.migrate.internal.text.ForeignText;
import dev.migrate.listener.Attempt.Owner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link RunnerSettings}. {@link RunnerSettings#builder} documents the defaults.
 *
 * @since 0.1
 */
public final class RunnerSettingsBuilder {

    final EnvironmentName environment;
    final Owner owner;

    @Nullable
    String deployment;

    Duration lease = Duration.ofSeconds(60);
    Duration shutdownGrace = Duration.ofSeconds(25);
    RunnerSettings.OnFailure onFailure = RunnerSettings.OnFailure.BLOCK;
    RunnerSettings.OutOfOrder outOfOrder = RunnerSettings.OutOfOrder.RUN;
    boolean recordErrorMessage = true;

    @Nullable
    MigrationId upTo;

    @Nullable
    Duration storeTimeout;

    RunnerSettingsBuilder(EnvironmentName environment, Owner owner) {
        this.environment = environment;
        this.owner = owner;
    }

    public RunnerSettingsBuilder deployment(@Nullable String value) {
        // In the form that the ledger uses, so that the two are comparable.
        deployment = ForeignText.printableOrNull(value);
        return this;
    }

    public RunnerSettingsBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    public RunnerSettingsBuilder shutdownGrace(Duration value) {
        shutdownGrace = value;
        return this;
    }

    public RunnerSettingsBuilder onFailure(RunnerSettings.OnFailure value) {
        onFailure = value;
        return this;
    }

    public RunnerSettingsBuilder outOfOrder(RunnerSettings.OutOfOrder value) {
        outOfOrder = value;
        return this;
    }

    public RunnerSettingsBuilder recordErrorMessage(boolean value) {
        recordErrorMessage = value;
        return this;
    }

    public RunnerSettingsBuilder upTo(@Nullable MigrationId value) {
        upTo = value;
        return this;
    }

    public RunnerSettingsBuilder storeTimeout(@Nullable Duration value) {
        storeTimeout = value;
        return this;
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names the setting and the value
     */
    public RunnerSettings build() {
        if (lease.compareTo(RunnerSettings.MIN_LEASE) < 0 || lease.compareTo(RunnerSettings.MAX_LEASE) > 0) {
            throw new IllegalArgumentException("lease " + lease + " is out of range: 1 second to 1 hour");
        }
        if (shutdownGrace.isNegative()) {
            throw new IllegalArgumentException("shutdown grace " + shutdownGrace + " must not be negative");
        }
        if (storeTimeout != null && storeTimeout.isNegative()) {
            throw new IllegalArgumentException("store timeout " + storeTimeout + " must not be negative");
        }
        return new RunnerSettings(this);
    }
}
