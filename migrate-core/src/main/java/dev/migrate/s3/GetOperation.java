package dev.migrate.s3;

import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreUnavailableException;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object, unless it is absent or unchanged, and checks that the response is complete. */
final class GetOperation {

    /** Far above a register of 10,000 migrations, which has 4 MB; below what would fill the memory of a service. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private GetOperation() {}

    static ReadResult run(S3Client client, S3Request request, Consumer<GetObjectRequest.Builder> condition) {
        GetObjectRequest.Builder get = GetObjectRequest.builder()
                .bucket(request.settings().bucket())
                .key(request.key())
                .expectedBucketOwner(request.settings().expectedBucketOwner());
        condition.accept(get);
        try {
            return found(request, client.getObject(get.build(), new BoundedContent(MAX_BYTES)));
        } catch (AwsServiceException e) {
            if (S3ServiceErrors.isUnchanged(e)) {
                return new ReadResult.Unchanged();
            }
            if (S3ServiceErrors.isNoSuchKey(e)) {
                return new ReadResult.Absent();
            }
            throw e;
        }
    }

    private static ReadResult found(S3Request request, ResponseBytes<GetObjectResponse> answer) {
        Long length = answer.response().contentLength();
        byte[] content = answer.asByteArrayUnsafe();
        if (content.length > MAX_BYTES || (length != null && length > MAX_BYTES)) {
            throw new NonTransientStoreException(
                    request + ": the object has " + (length == null ? "more than " + MAX_BYTES : length)
                            + " bytes; at most " + MAX_BYTES + " are read",
                    "A ledger is never so large. Find out what the object is. If it does not belong to a ledger, move it"
                            + " away. If it does, restore an earlier version of it.",
                    null);
        }
        if (length == null && !isChunked(answer.response())) {
            // The response may have been cut off in its headers, and would then look like an empty object.
            throw new StoreUnavailableException(
                    request + ": " + request.host() + " did not send the length of its response", null);
        }
        if (length != null && length != content.length) {
            throw new StoreUnavailableException(
                    request + ": " + request.host() + " sent " + content.length + " of " + length + " bytes", null);
        }
        return new ReadResult.Found(
                content, ETags.version(request, answer.response().eTag()));
    }

    /** A client that a test made up may know nothing of HTTP, where alone an answer can break off. */
    private static boolean isChunked(GetObjectResponse answer) {
        SdkHttpResponse http = answer.sdkHttpResponse();
        return http == null || http.firstMatchingHeader("Transfer-Encoding").isPresent();
    }
}
