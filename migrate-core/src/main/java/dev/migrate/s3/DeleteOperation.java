package dev.migrate.s3;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;

/** Deletes under a condition where the server knows conditions for that, and without one where it does not. */
final class DeleteOperation {

    private DeleteOperation() {}

    static void run(S3Client client, S3Request request, String version) {
        DeleteObjectRequest delete = DeleteObjectRequest.builder()
                .bucket(request.settings().bucket())
                .key(request.key())
                .expectedBucketOwner(request.settings().expectedBucketOwner())
                .build();
        try {
            client.deleteObject(delete.toBuilder().ifMatch(version).build());
        } catch (AwsServiceException e) {
            if (S3ServiceErrors.isNoSuchKey(e)) {
                return; // gone already, perhaps by an earlier sending whose answer was lost
            }
            if (!S3ServiceErrors.isNotImplemented(e)) {
                throw e;
            }
            // A store may ignore the version; one that refuses to look at it is not worse.
            client.deleteObject(delete);
        }
    }
}
