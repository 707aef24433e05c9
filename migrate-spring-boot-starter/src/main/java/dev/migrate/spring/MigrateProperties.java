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
 * The configuration of the migrations.
 *
 * @param enabled Whether pending migrations are run. When they are not, the application serves at once.
 * @param mode What this process does: 'startup' runs what is pending and then serves; 'once' runs one command and ends;
 *     'verify' runs nothing, and refuses to start while anything is pending.
 * @param command What to do in mode 'once', such as 'status' or 'resolve 0003'. Defaults to the arguments of the application
 *     that are no options, and then to 'migrate'. Argument '--help' lists the commands.
 * @param confirm Name of the environment, where a command in mode 'once' changes what is applied without running it, or
 *     reverts it. Nothing is changed without.
 * @param reason Why a command in mode 'once' changes the ledger; kept in its history.
 * @param output Form in which a command in mode 'once' gives its answer: 'text' for people, 'json' for programs.
 * @param environment Name of this environment, such as 'odin-dev'. On Amazon ECS it defaults to the family of the task.
 * @param ledger Where the ledger is: 's3://bucket/prefix', or 'file:folder' for local work.
 * @param deployment Name of the build that runs. A failed migration is tried again by a different deployment alone.
 *     Defaults to the image digest on Amazon ECS, otherwise to build-info or git properties.
 * @param packages Packages to scan for migrations. Defaults to the packages of the application.
 * @param start When to run: 'runner' after the web server has started, with a gate that refuses requests meanwhile;
 *     'early' before the web server, schedulers and message listeners start.
 * @param onFailure What a failed migration does to the start: 'block' keeps the process up but not ready, 'exit' ends it.
 * @param lease After how long without a sign of life another process may take over. From 1s to 1h.
 * @param shutdownGrace How long a running migration may go on after SIGTERM before it is interrupted.
 * @param outOfOrder How to handle a pending migration whose number is lower than an applied one.
 * @param recordErrorMessage Whether the message of an exception goes into the ledger. Otherwise its class alone.
 * @param verify What mode 'verify' does.
 * @param gate The gate that refuses requests until everything is applied.
 * @param notices Notices to people.
 * @param s3 Access to a ledger in Amazon S3.
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

    /** What this process does. */
    public enum Mode {
        /** Runs what is pending and then serves. */
        STARTUP,
        /** Runs one command and ends. */
        ONCE,
        /** Runs nothing, and refuses to start while anything is pending. */
        VERIFY
    }

    /** The form of an answer. */
    public enum Output {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    /** When the migrations run. */
    public enum StartPhase {
        /** In the first application runner: the web server listens, and the gate refuses requests. */
        RUNNER,
        /** Before the web server, schedulers and message listeners start. */
        EARLY
    }

    /**
     * What mode 'verify' does.
     *
     * @param atMost How long to wait for another process that runs what is pending, before the start is refused.
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
     * The gate.
     *
     * @param enabled Whether requests are answered with 503 until everything is applied.
     * @param details Whether that answer also tells everybody the migration's name and owner, why it failed, and the way out.
     */
    public record Gate(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean details) {}

    /**
     * Notices to people.
     *
     * @param snsTopicArn ARN of a topic of Amazon SNS that is told what a person should know at once. Needs the dependency
     *     software.amazon.awssdk:sns.
     * @param webhookUrl URL that is sent the same as a JSON document, such as an incoming webhook of a chat.
     * @param longRunning After how long a running migration is worth a notice.
     */
    public record Notify(
            @Nullable String snsTopicArn,
            @Nullable String webhookUrl,
            @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration longRunning) {

        /**
         * Checks the URL, without showing it: whoever knows it can write to it. So it is no URI before it is checked here; a
         * converter would show what it cannot convert.
         *
         * @throws MigrateConfigurationException if it is no HTTP address, or the duration is not positive
         */
        public Notify {
            if (webhookUrl != null && !isServer(webhookUrl)) {
                throw new MigrateConfigurationException(
                        "migrate.notify.webhook-url is no HTTP address of a server.",
                        "Set migrate.notify.webhook-url to a URL such as https://hooks.example.com/…, or leave it out.");
            }
            if (longRunning.isNegative() || longRunning.isZero()) {
                throw new MigrateConfigurationException(
                        "migrate.notify.long-running is " + longRunning.toMillis() + "ms, which is no duration.",
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
     * Access to Amazon S3, or to a server compatible with it.
     *
     * @param endpoint URI of a server compatible with Amazon S3.
     * @param region Region of the bucket. Defaults to what the AWS SDK finds.
     * @param pathStyleAccess Whether the bucket's name goes into the path instead of the host.
     * @param kmsKeyId Key of AWS KMS to encrypt the ledger with. Defaults to what the bucket says.
     * @param expectedBucketOwner Account that must own the bucket, otherwise the ledger refuses.
     * @param client Name of the bean to use, where the application has several S3 clients and none is primary.
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
         * @throws MigrateConfigurationException if it is no HTTP address, or holds user information
         */
        public S3 {
            String authority = endpoint == null ? null : endpoint.getRawAuthority();
            if (authority != null && authority.indexOf('@') >= 0) {
                throw new MigrateConfigurationException(
                        "migrate.s3.endpoint holds user information before an '@'. It has no effect, and is not shown here.",
                        "Leave it out of migrate.s3.endpoint, so that a URI such as http://localhost:9000 is left. The"
                                + " credentials come from the AWS SDK: AWS_PROFILE, AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, or a role.");
            }
            if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint))) {
                throw new MigrateConfigurationException(
                        "migrate.s3.endpoint is '" + ForeignText.safe(endpoint.toString())
                                + "', which is no HTTP address of a server.",
                        "Set migrate.s3.endpoint to a URI such as http://localhost:9000, or leave it out for Amazon"
                                + " S3 itself.");
            }
        }
    }

    /**
     * Checks what can be checked without asking anybody.
     *
     * @throws MigrateConfigurationException if a duration is out of range, or a command is given in a mode that has none
     */
    public MigrateProperties {
        packages = List.copyOf(packages);
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
                    "Set migrate.mode=once (or the environment variable MIGRATE_MODE) to run the command, or leave the"
                            + " command out.");
        }
    }
}
