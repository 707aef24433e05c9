package dev.migrate.s3;

import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Writes an object under a condition. */
final class PutOperation {

    private PutOperation() {}

    /** The new version of the object. */
    static String run(
            S3Client client, S3Request request, byte[] content, Consumer<PutObjectRequest.Builder> condition) {
        S3ObjectStore.Settings settings = request.settings();
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(request.key())
                .expectedBucketOwner(settings.expectedBucketOwner());
        if (settings.kmsKeyId() != null) {
            put.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(settings.kmsKeyId());
        }
        condition.accept(put);
        return ETags.version(
                request,
                client.putObject(put.build(), RequestBody.fromBytes(content)).eTag());
    }
}
