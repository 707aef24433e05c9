package dev.migrate.s3;

import dev.migrate.store.NonTransientStoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

/** The answers that somebody has to do something about, with what that is. */
final class S3ErrorMessages {

    private static final Pattern REGION_IN_BODY = Pattern.compile("<Region>([a-z0-9-]{1,40})</Region>");

    private S3ErrorMessages() {}

    static NonTransientStoreException noSuchBucket(S3Request request, AwsServiceException answer) {
        return new NonTransientStoreException(
                request + ": the bucket '" + request.settings().bucket() + "' does not exist at " + request.host(),
                "Create the bucket, or correct its name in migrate.ledger.",
                answer);
    }

    static NonTransientStoreException notImplemented(S3Request request, AwsServiceException answer) {
        String what = request.operation() == S3Operation.CREATE || request.operation() == S3Operation.REPLACE
                ? "conditional writes"
                : "this operation";
        return new NonTransientStoreException(
                request + ": the store does not support " + what + " (" + S3ServiceErrors.describe(answer) + ")",
                "Use Amazon S3, or a server that honours If-Match and If-None-Match in PutObject: without them a"
                        + " migration could run twice.",
                answer);
    }

    static NonTransientStoreException credentials(S3Request request, AwsServiceException answer) {
        return new NonTransientStoreException(
                request + ": the AWS credentials are not valid, or no longer (" + S3ServiceErrors.describe(answer)
                        + ")",
                "Check which credentials the process finds first: system properties, environment, profile, task role.",
                answer);
    }

    static NonTransientStoreException region(S3Request request, AwsServiceException answer) {
        Optional<String> region = bucketRegion(answer);
        return new NonTransientStoreException(
                request + ": the request went to another region than the bucket's"
                        + region.map(name -> ", which is " + name).orElse("") + " (" + S3ServiceErrors.describe(answer)
                        + ")",
                "Set migrate.s3.region to " + region.orElse("the bucket's region") + ".",
                answer);
    }

    static NonTransientStoreException denied(S3Request request, AwsServiceException answer) {
        if (S3ServiceErrors.code(answer).equals("RequestTimeTooSkewed")) {
            return new NonTransientStoreException(
                    request + ": the clock of this machine differs too much from that of S3 ("
                            + S3ServiceErrors.describe(answer) + ")",
                    "Set the clock of this machine.",
                    answer);
        }
        String bucket = request.settings().bucket();
        String owner = request.settings().expectedBucketOwner();
        return new NonTransientStoreException(
                request + ": access denied (" + S3ServiceErrors.describe(answer) + ")",
                "Allow this role " + request.operation().permission() + "; a ledger takes s3:GetObject and s3:PutObject"
                        + " on its objects and s3:ListBucket on the bucket " + bucket + ", without which S3 answers"
                        + " 403 for an object that does not exist. A bucket encrypted with a KMS key takes"
                        + " kms:Decrypt and kms:GenerateDataKey as well."
                        + (owner == null ? "" : " Check too that account " + owner + " owns the bucket."),
                answer);
    }

    private static Optional<String> bucketRegion(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        if (details == null) {
            return Optional.empty();
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("x-amz-bucket-region")
                .or(() -> inBody(details));
    }

    private static Optional<String> inBody(AwsErrorDetails details) {
        SdkBytes body = details.rawResponse();
        if (body == null) {
            return Optional.empty();
        }
        Matcher found = REGION_IN_BODY.matcher(new String(body.asByteArray(), StandardCharsets.UTF_8));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
