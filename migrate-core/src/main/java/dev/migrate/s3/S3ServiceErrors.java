package dev.migrate.s3;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreConflictException;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Says what an answer other than success means. The one place that knows S3's status and error codes. Sources: the
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">list of error responses</a> and
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional writes</a>.
 */
final class S3ServiceErrors {

    /** Codes of 4xx answers that speak of a broken or delayed transfer, or of too many requests. */
    private static final Set<String> TRANSIENT =
            Set.of("RequestTimeout", "IncompleteBody", "BadDigest", "Throttling", "ThrottlingException", "SlowDown");

    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "TokenRefreshRequired");

    private static final Set<String> REGION =
            Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException");

    private S3ServiceErrors() {}

    static boolean isUnchanged(AwsServiceException answer) {
        return answer.statusCode() == 304;
    }

    /** Only S3's own word counts: a 404 of something on the way, or for the bucket, says nothing about the object. */
    static boolean isNoSuchKey(AwsServiceException answer) {
        return answer.statusCode() == 404 && code(answer).equals("NoSuchKey");
    }

    /** What a server says that does not know the condition it was sent. */
    static boolean isNotImplemented(AwsServiceException answer) {
        int status = answer.statusCode();
        return status == 405 || status == 501;
    }

    static StoreException translate(S3Request request, AwsServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        if (code.equals("NoSuchBucket")) {
            return S3ErrorMessages.noSuchBucket(request, answer);
        }
        if (isConflict(request.operation(), status)) {
            return new StoreConflictException(request + ": " + describe(answer), answer);
        }
        if (isNotImplemented(answer)) {
            return S3ErrorMessages.notImplemented(request, answer);
        }
        if (isTransient(status, code)) {
            return new StoreUnavailableException(
                    request + ": " + request.host() + " answered " + describe(answer), answer);
        }
        if (CREDENTIALS.contains(code)) {
            return S3ErrorMessages.credentials(request, answer);
        }
        if (status == 301 || REGION.contains(code)) {
            return S3ErrorMessages.region(request, answer);
        }
        if (status == 403) {
            return S3ErrorMessages.denied(request, answer);
        }
        return new NonTransientStoreException(
                request + ": " + request.host() + " answered " + describe(answer),
                "Look the code up in the error responses of S3, and check the endpoint and the bucket.",
                answer);
    }

    /** 404 comes for a write over an object that is gone. */
    private static boolean isConflict(S3Operation operation, int status) {
        boolean gone = operation == S3Operation.REPLACE && status == 404;
        return gone || (operation.isWrite() && (status == 409 || status == 412));
    }

    /** 307 is what a bucket answers whose name is not known everywhere yet. */
    private static boolean isTransient(int status, String code) {
        return status >= 500
                || status == 307
                || status == 408
                || status == 409
                || status == 429
                || status < 300
                || TRANSIENT.contains(code);
    }

    static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Such as {@code 403 AccessDenied: User … is not authorized}. */
    static String describe(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = code(answer);
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        return answer.statusCode()
                + (code.isEmpty() ? " without a code" : " " + code)
                + (message.isBlank() ? "" : ": " + ForeignText.safe(message));
    }
}
