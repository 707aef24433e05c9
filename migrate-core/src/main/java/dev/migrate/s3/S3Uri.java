package dev.migrate.s3;

import dev.migrate.internal.text.ForeignText;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code s3://bucket/prefix}, and says what is wrong with anything else. */
final class S3Uri {

    private static final String SCHEME = "s3://";

    /** What AWS takes today, and what it and other servers took before. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /** What S3 calls safe in a key: nothing that a tool or a server would encode in its own way. */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9!_.*'()=+@:,-]+");

    private S3Uri() {}

    static S3ObjectStore.Settings parse(String uri) {
        if (!uri.startsWith(SCHEME)) {
            throw wrong(uri, "it does not begin with s3://");
        }
        String rest = uri.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (rest.indexOf('@') >= 0 && !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("it holds user information before an '@', which is not shown and has no"
                    + " effect. Write s3://bucket/prefix; credentials come from the AWS SDK's usual places");
        }
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        try {
            return new S3ObjectStore.Settings(bucket, prefix, null, null);
        } catch (IllegalArgumentException e) {
            throw wrong(uri, String.valueOf(e.getMessage()));
        }
    }

    static void checkBucket(String bucket) {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("'" + bucket + "' is no name for a bucket");
        }
        if (bucket.endsWith("--x-s3")) {
            throw new IllegalArgumentException(
                    "'" + bucket + "' is a directory bucket (S3 Express), which is not supported");
        }
    }

    static void checkPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return;
        }
        if (prefix.length() > 500) {
            throw new IllegalArgumentException("the prefix has more than 500 characters");
        }
        for (String part : prefix.split("/", -1)) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("the prefix '" + prefix + "' has an empty part");
            }
            if (part.equals(".") || part.equals("..") || !PART.matcher(part).matches()) {
                throw new IllegalArgumentException("the prefix '" + prefix + "' has the part '" + part
                        + "', which S3 or a tool on the way would not keep as it is");
            }
        }
    }

    private static IllegalArgumentException wrong(String uri, String why) {
        return new IllegalArgumentException("'" + ForeignText.safe(uri) + "' is no place in S3: " + why
                + ". Write s3://bucket/prefix, with the name of the service" + " as the prefix");
    }

    /**
     * Refuses user information in an endpoint, which would be shown wherever the endpoint is.
     *
     * @throws IllegalArgumentException if there is some; the message does not show it
     */
    static void checkEndpoint(@Nullable URI endpoint) {
        String authority = endpoint == null ? null : endpoint.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "the endpoint holds user information before an '@', which is not shown and has no effect");
        }
    }
}
