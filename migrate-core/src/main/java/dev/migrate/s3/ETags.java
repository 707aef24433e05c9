package dev.migrate.s3;

import dev.migrate.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an ETag into the form that every server takes back. S3 sends it in double quotes. In {@code If-Match} of
 * PutObject, Ceph and servers built on it answer 412 to the quoted form, while S3 takes both forms and shows the one
 * without quotes in its own documentation.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
 */
final class ETags {

    private ETags() {}

    /** The ETag without its quotes. Without an ETag the object could never be written over safely. */
    static String version(S3Request request, @Nullable String etag) {
        if (etag == null || etag.isBlank()) {
            throw new StoreUnavailableException(request + ": " + request.host() + " answered without an ETag", null);
        }
        boolean quoted = etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
        return quoted ? etag.substring(1, etag.length() - 1) : etag;
    }
}
