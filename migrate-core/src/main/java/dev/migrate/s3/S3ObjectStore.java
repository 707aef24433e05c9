package dev.migrate.s3;

import dev.migrate.internal.store.ObjectKeys;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ObjectStore;
import dev.migrate.store.ReadResult;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * A store in a bucket of Amazon S3, or of a server that speaks its language and honours {@code If-None-Match} and
 * {@code If-Match} in PutObject. The version of an object is its ETag.
 *
 * <p>Four operations are sent: GetObject, PutObject, ListObjectsV2, and DeleteObject by {@link #delete} alone. HeadObject
 * never is: its 404 does not distinguish a missing object from a missing bucket. Directory buckets (S3 Express) are
 * not supported.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
 * @since 0.1
 */
public final class S3ObjectStore implements ObjectStore {

    private final S3Client client;
    private final Settings settings;
    private final String host;
    private final Runnable onClose;

    private S3ObjectStore(S3Client client, Settings settings, Runnable onClose) {
        this.client = client;
        this.settings = settings;
        this.host = S3Request.host(client);
        this.onClose = onClose;
    }

    /**
     * Makes a store on a client that is the caller's: closing the store leaves it open. Its retries and time-outs are
     * its own; a ledger is served best by a client that gives up within some seconds.
     *
     * @param client the client
     * @param settings where the objects are
     * @return the store
     */
    public static S3ObjectStore over(S3Client client, Settings settings) {
        return new S3ObjectStore(client, settings, () -> {});
    }

    /**
     * Makes a store with a client of its own, which is light (the JDK's HTTP connections), never retries, and
     * gives up after 10 seconds, 3 for a connection. Credentials come from the SDK's default chain, for a custom
     * endpoint too. Nothing is sent to S3 before the first call; without a region in the settings, one is looked for.
     *
     * @param settings where the objects are
     * @param connection how to get there
     * @return the store, which closes its client
     * @throws NonTransientStoreException if no region is found, unless there is an endpoint
     */
    public static S3ObjectStore connect(Settings settings, Connection connection) {
        return connect(
                settings, connection, DefaultCredentialsProvider.builder().build());
    }

    /**
     * Makes a store with a client of its own, as {@link #connect(Settings, Connection)} does, but with other
     * credentials.
     *
     * @param settings where the objects are
     * @param connection how to get there
     * @param credentials the credentials; they are the caller's to close
     * @return the store, which closes its client
     * @throws NonTransientStoreException if no region is found, unless there is an endpoint
     */
    public static S3ObjectStore connect(Settings settings, Connection connection, AwsCredentialsProvider credentials) {
        return connect(settings, connection, credentials, S3ClientFactory.CALL_TIMEOUT);
    }

    static S3ObjectStore connect(
            Settings settings, Connection connection, AwsCredentialsProvider credentials, Duration call) {
        S3Client client = S3ClientFactory.create(connection, credentials, call);
        return new S3ObjectStore(client, settings, client::close);
    }

    @Override
    public ReadResult read(String key) {
        return get(key, request -> {});
    }

    @Override
    public ReadResult readIfChanged(String key, String knownVersion) {
        return get(key, request -> request.ifNoneMatch(knownVersion));
    }

    private ReadResult get(String key, Consumer<GetObjectRequest.Builder> condition) {
        S3Request request = request(S3Operation.READ, key);
        return ask(request, () -> GetOperation.run(client, request, condition));
    }

    @Override
    public String create(String key, byte[] content) {
        return put(request(S3Operation.CREATE, key), content, put -> put.ifNoneMatch("*"));
    }

    @Override
    public String replace(String key, byte[] content, String version) {
        return put(request(S3Operation.REPLACE, key), content, put -> put.ifMatch(version));
    }

    private String put(S3Request request, byte[] content, Consumer<PutObjectRequest.Builder> condition) {
        return ask(request, () -> PutOperation.run(client, request, content, condition));
    }

    @Override
    public void delete(String key, String version) {
        S3Request request = request(S3Operation.DELETE, key);
        ask(request, () -> {
            DeleteOperation.run(client, request, version);
            return true;
        });
    }

    @Override
    public List<String> list(String folder, int limit) {
        S3Request request = request(S3Operation.LIST, folder);
        return ask(request, () -> ListOperation.run(client, request, ObjectKeys.checkLimit(limit)));
    }

    @Override
    public String describe() {
        return settings.toString();
    }

    @Override
    public void close() {
        onClose.run();
    }

    private S3Request request(S3Operation operation, String key) {
        return new S3Request(operation, settings.key(ObjectKeys.check(key)), settings, host);
    }

    private static <T> T ask(S3Request request, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException | UncheckedIOException | IllegalStateException e) {
            throw S3ExceptionTranslator.translate(request, e);
        }
    }

    /**
     * Where the objects are, and how they are written.
     *
     * @param bucket the bucket's name
     * @param prefix what all keys begin with, without a {@code /} at either end; may be empty
     * @param kmsKeyId the KMS key to encrypt with (id, ARN or alias), or null for what the bucket does by default
     * @param expectedBucketOwner the account that must own the bucket, or null for any
     * @since 0.1
     */
    public record Settings(
            String bucket, String prefix, @Nullable String kmsKeyId, @Nullable String expectedBucketOwner) {

        /**
         * Checks bucket and prefix.
         *
         * @throws IllegalArgumentException if the bucket has no bucket's name or is a directory bucket, or the prefix
         *     has empty parts, {@code ..}, or characters that S3 does not call safe
         */
        public Settings {
            S3Uri.checkBucket(bucket);
            S3Uri.checkPrefix(prefix);
        }

        /**
         * Reads {@code s3://bucket/prefix}. A {@code /} at the end does no harm.
         *
         * @param uri the text
         * @return the settings, without KMS key and owner
         * @throws IllegalArgumentException if it has another form; the message says what is wrong
         */
        public static Settings parse(String uri) {
            return S3Uri.parse(uri);
        }

        /**
         * The same with a KMS key.
         *
         * @param keyId the key's id, ARN or alias, or null for what the bucket does by default
         * @return other settings
         */
        public Settings withKmsKeyId(@Nullable String keyId) {
            return new Settings(bucket, prefix, keyId, expectedBucketOwner);
        }

        /**
         * The same with an owner.
         *
         * @param account the 12 digits of the account that must own the bucket, or null for any
         * @return other settings
         */
        public Settings withExpectedBucketOwner(@Nullable String account) {
            return new Settings(bucket, prefix, kmsKeyId, account);
        }

        String key(String relative) {
            return prefix.isEmpty() ? relative : prefix + "/" + relative;
        }

        /** The place, as {@link #parse} reads it. */
        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }

    /**
     * How to get to S3.
     *
     * @param endpoint the server, or null for Amazon's own
     * @param region the region, or null to use the AWS SDK's default region providers
     * @param pathStyle whether the bucket is in the path instead of the host name, as most other servers require
     * @since 0.1
     */
    public record Connection(@Nullable URI endpoint, @Nullable String region, boolean pathStyle) {

        /**
         * Checks the endpoint.
         *
         * @throws IllegalArgumentException if it holds user information, which the message does not show
         */
        public Connection {
            S3Uri.checkEndpoint(endpoint);
        }

        /** Amazon's own endpoint, in the region that the AWS SDK finds. */
        public static Connection byDefault() {
            return new Connection(null, null, false);
        }
    }
}
