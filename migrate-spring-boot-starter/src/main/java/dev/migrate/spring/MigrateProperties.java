package dev.migrate.spring;

import dev.migrate.internal.plan.RunnerSettings;
import dev.migrate.internal.text.ForeignText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.StringUtils;

/**
 * Configuration properties of Migrate, with the prefix {@code migrate}.
 *
 * @param enabled Whether to run pending migrations. If 'false', the application serves at once.
 * @param mode What this process does. 'startup' runs pending migrations and then serves. 'once' runs one command and
 *     exits. 'verify' runs nothing and refuses to start while a migration is pending.
 * @param command Command in mode 'once', such as 'status' or 'resolve 0003'. Defaults to the application's non-option
 *     arguments, else 'migrate'. Argument '--help' lists the commands.
 * @param confirm Name of the environment. Required by the commands revert, stamp, resolve and retry.
 * @param reason Why an operator changes the ledger. The history keeps it.
 * @param output Output format in mode 'once': 'text' or 'json'.
 * @param environment Name of this environment, such as 'odin-dev'. Defaults to the task family on Amazon ECS.
 * @param ledger Location of the ledger: 's3://bucket/prefix', 'file:folder' for local work, or 'memory:' for tests.
 * @param deployment Identity of the running build. A new deployment retries a failed migration; if no deployment is
 *     known, every later start retries it. Defaults to the image digest on Amazon ECS, else build-info, else git
 *     properties.
 * @param packages Packages to scan for migrations, in addition to the packages and component scans of the application.
 * @param packagesOnly Packages to scan for migrations instead of those of the application.
 * @param start When to run: 'runner' in the first application runner, while the web server answers requests with 503; 'web' after the web server
 *     starts and before schedulers and message listeners start; 'early' before any of them starts.
 * @param onFailure What a failed migration does: 'block' keeps the process alive but not ready, 'exit' ends it.
 * @param lease How long the process that runs a migration may send no heartbeat before another process takes over, from '1s' to '1h'. The setting of the process that runs the migration applies. A plain number is in seconds.
 * @param shutdownGrace How long a running migration may continue after SIGTERM before it is interrupted. A plain number
 *     is in seconds.
 * @param outOfOrder How to handle a pending migration whose number is lower than the last applied one: 'run' it with a
 *     warning, or 'refuse' to start.
 * @param recordErrorMessage Whether the ledger keeps an exception's message, or only its class.
 * @param verify Settings of mode 'verify'.
 * @param gate Settings of the gate that refuses requests until all migrations are applied.
 * @param notices Settings of notifications.
 * @param s3 Settings of a ledger in Amazon S3.
 * @since 0.1
 */
@ConfigurationProperties("migrate")
public record MigrateProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("startup") Mode mode,
        @Nullable String command,
        @Nullable String confirm,
        @Nullable String reason,
        @DefaultValue("text") Output output,
        @Nullable String environment,
        @Nullable String ledger,
        @Nullable String deployment,
        @DefaultValue List<String> packages,
        @DefaultValue List<String> packagesOnly,
        @DefaultValue("runner") StartPhase start,
        @DefaultValue("block") RunnerSettings.OnFailure onFailure,
        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration lease,
        @DefaultValue("25s") @DurationUnit(ChronoUnit.SECONDS) Duration shutdownGrace,
        @DefaultValue("run") RunnerSettings.OutOfOrder outOfOrder,
        @DefaultValue("true") boolean recordErrorMessage,
        @DefaultValue Verify verify,
        @DefaultValue Gate gate,
        @Name("notify") @DefaultValue Notify notices,
        @DefaultValue S3 s3) {

    /** The mode of a process. */
    public enum Mode {
        /** Runs pending migrations and then serves. */
        STARTUP,
        /** Runs one command and exits. */
        ONCE,
        /** Runs nothing and refuses to start while a migration is pending. */
        VERIFY
    }

    /** The output format of a command. */
    public enum Output {
        /** Text tables. */
        TEXT,
        /** A JSON document. */
        JSON
    }

    /** When the migrations run. */
    public enum StartPhase {
        /** In the first application runner, behind the gate. Schedulers and message listeners already work. */
        RUNNER,
        /** After the web server listens, behind the gate, and before schedulers, message listeners and runners. */
        WEB,
        /** Before the web server, schedulers and message listeners start. */
        EARLY
    }

    /**
     * Settings of mode {@code verify}.
     *
     * @param atMost How long mode 'verify' waits for another process to run the pending migrations. A plain number is
     *     in seconds.
     */
    public record Verify(@Name("wait") @DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS) Duration atMost) {

        /**
         * Checks the duration.
         *
         * @throws MigrateConfigurationException if it is negative
         */
        public Verify {
            if (atMost.isNegative()) {
                throw new MigrateConfigurationException(
                        "migrate.verify.wait is " + atMost.toMillis() + "ms, which is negative.",
                        "Set migrate.verify.wait to 0s or more, or leave it out for 0s.");
            }
        }
    }

    /**
     * Settings of the gate.
     *
     * @param enabled Whether requests get status 503 until all migrations are applied.
     * @param details Whether that response also shows the migration's name and owner, the reason of a failure, and the
     *     action to take.
     */
    public record Gate(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean details) {}

    /**
     * Settings of notifications.
     *
     * @param snsTopicArn ARN of an Amazon SNS topic that receives the same notifications. Requires the dependency
     *     'software.amazon.awssdk:sns'.
     * @param webhookUrl URL that receives a notification when a migration fails, blocks the startup, or runs longer than 'migrate.notify.long-running'.
     * @param longRunning How long a migration runs before a notification is sent. A plain number is in seconds.
     */
    public record Notify(
            @Nullable String snsTopicArn,
            @Nullable String webhookUrl,
            @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration longRunning) {

        /**
         * Validates the values. The URL is a secret, so no message contains it. It is a string, because a failed conversion
         * to a URI would print it.
         *
         * @throws MigrateConfigurationException if the URL is not an HTTP URL, or the duration is not positive
         */
        public Notify {
            if (webhookUrl != null && !isServer(webhookUrl)) {
                throw new MigrateConfigurationException(
                        "migrate.notify.webhook-url is not an HTTP URL.",
                        "Set migrate.notify.webhook-url to a URL such as https://hooks.example.com/…, or leave it out.");
            }
            if (longRunning.isNegative() || longRunning.isZero()) {
                throw new MigrateConfigurationException(
                        "migrate.notify.long-running is " + longRunning.toMillis() + "ms, which is not positive.",
                        "Set migrate.notify.long-running to more than 0s, or leave it out for 5m.");
            }
        }
    }

    private static boolean isServer(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null && isHttp(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * Settings of a ledger in Amazon S3 or on an S3-compatible server.
     *
     * @param endpoint URI of an S3-compatible server.
     * @param region Region of the bucket. Defaults to the region that the AWS SDK finds.
     * @param pathStyleAccess Whether the bucket name goes into the path instead of the host.
     * @param kmsKeyId AWS KMS key that encrypts the ledger. Defaults to the encryption of the bucket.
     * @param expectedBucketOwner Account that must own the bucket. Requests to a bucket of another account are refused.
     * @param client Name of the 'S3Client' bean to use if the application has several and none is primary.
     */
    public record S3(
            @Nullable URI endpoint,
            @Nullable String region,
            @DefaultValue("false") boolean pathStyleAccess,
            @Nullable String kmsKeyId,
            @Nullable String expectedBucketOwner,
            @Nullable String client) {

        /**
         * Checks the endpoint.
         *
         * @throws MigrateConfigurationException if the endpoint is not an HTTP URL, or contains user information
         */
        public S3 {
            String authority = endpoint == null ? null : endpoint.getRawAuthority();
            if (authority != null && authority.indexOf('@') >= 0) {
                throw new MigrateConfigurationException(
                        "migrate.s3.endpoint contains user information before an '@'. It has no effect, and is not shown here.",
                        "Leave it out of migrate.s3.endpoint, so that a URI such as http://localhost:9000 is left. The"
                                + " credentials come from the AWS SDK: AWS_PROFILE, AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, or a role.");
            }
            if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint))) {
                throw new MigrateConfigurationException(
                        "migrate.s3.endpoint is '" + ForeignText.safe(endpoint.toString())
                                + "', which is not an HTTP URL.",
                        "Set migrate.s3.endpoint to a URI such as http://localhost:9000, or leave it out for Amazon"
                                + " S3 itself.");
            }
        }
    }

    /**
     * Validates values that can be checked without a request.
     *
     * @throws MigrateConfigurationException if a duration is out of range, or a command is set in a mode other than {@code once}
     */
    public MigrateProperties {
        packages = List.copyOf(packages);
        packagesOnly = List.copyOf(packagesOnly);
        if (lease.compareTo(RunnerSettings.MIN_LEASE) < 0 || lease.compareTo(RunnerSettings.MAX_LEASE) > 0) {
            throw new MigrateConfigurationException(
                    "migrate.lease is " + lease.toMillis() + "ms, which is out of range.",
                    "Set migrate.lease to a duration from 1s to 1h, or leave it out for 60s.");
        }
        if (shutdownGrace.isNegative()) {
            throw new MigrateConfigurationException(
                    "migrate.shutdown-grace is " + shutdownGrace.toMillis() + "ms, which is negative.",
                    "Set migrate.shutdown-grace to 0s or more, or leave it out for 25s.");
        }
        if (mode != Mode.ONCE && StringUtils.hasText(command)) {
            throw new MigrateConfigurationException(
                    "migrate.command is '" + command + "', but migrate.mode is '"
                            + mode.name().toLowerCase(Locale.ROOT) + "', which takes no command. Nothing was done.",
                    "Set migrate.mode=once (or the environment variable MIGRATE_MODE) to run the command, or remove"
                            + " migrate.command.");
        }
    }
}
