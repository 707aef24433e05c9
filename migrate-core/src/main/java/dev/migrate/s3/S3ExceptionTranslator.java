package dev.migrate.s3;

import dev.migrate.internal.text.ForeignText;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says in the language of {@link dev.migrate.store.ObjectStore} what a request that failed means. */
final class S3ExceptionTranslator {

    private static final Pattern NO_CREDENTIALS = Pattern.compile(
            "(Unable to (load|fetch)|Failed to load|Cannot fetch|Profile file contained no) credentials");

    /** Causes can form a circle. */
    private static final int DEEPEST = 50;

    private S3ExceptionTranslator() {}

    /** Translates a failed request. Returns an exception of another origin unchanged. */
    static RuntimeException translate(S3Request request, RuntimeException fault) {
        if (fault instanceof AwsServiceException answer) {
            return S3ServiceErrors.translate(request, answer);
        }
        return fault instanceof IllegalStateException
                ? missingModule(fault)
                        .<RuntimeException>map(missing -> withoutModule(request, missing, fault))
                        .orElse(fault)
                : noResponse(request, fault);
    }

    /** So ends the provider of a profile on its own. In a chain, another provider may still find credentials. */
    private static StoreException withoutModule(S3Request request, MissingSdkModule missing, RuntimeException fault) {
        String message = request + ": No AWS credentials found. " + missing.reason() + ".";
        return fault instanceof IllegalStateException
                ? new NonTransientStoreException(message, missing.action(), fault)
                : new StoreUnavailableException(message, missing.action(), fault);
    }

    /** No answer, or none that can be read: a write may have happened all the same. */
    private static StoreException noResponse(S3Request request, RuntimeException fault) {
        if (fault instanceof AbortedException) {
            Thread.currentThread().interrupt(); // the caller must see the interrupt
            return new StoreUnavailableException(request + ": the thread was interrupted", fault);
        }
        Optional<MissingSdkModule> missing = missingModule(fault);
        if (missing.isPresent()) {
            return withoutModule(request, missing.get(), fault);
        }
        if (isWithoutCredentials(fault)) {
            // The endpoint that hands them out may be slow to answer when a container starts, so this may pass. The
            // SDK tells at length what each of many places said: that is for the cause.
            return new StoreUnavailableException(
                    request
                            + ": No AWS credentials found. Give the task a role; on a machine of your own, sign in and"
                            + " name your profile in AWS_PROFILE.",
                    "The role needs the policy of docs/iam.md. Migrate retries, because a policy can take effect late. What each place said"
                            + " is in the log of software.amazon.awssdk.auth at level DEBUG.",
                    fault);
        }
        return new StoreUnavailableException(request + ": " + reason(request.host(), fault), fault);
    }

    /** By the SDK's words, for want of a type; a place that was asked in vain may be behind a broken connection too. */
    private static boolean isWithoutCredentials(Throwable fault) {
        int depth = 0;
        for (Throwable t = fault; t != null && depth < DEEPEST; t = next(t), depth++) {
            if (t instanceof SdkClientException
                    && NO_CREDENTIALS.matcher(String.valueOf(t.getMessage())).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<MissingSdkModule> missingModule(Throwable fault) {
        int depth = 0;
        for (Throwable t = fault; t != null && depth < DEEPEST; t = next(t), depth++) {
            if (t instanceof SdkClientException || t instanceof IllegalStateException) {
                Optional<MissingSdkModule> missing = MissingSdkModule.in(String.valueOf(t.getMessage()));
                if (missing.isPresent()) {
                    return missing;
                }
            }
        }
        return Optional.empty();
    }

    private static String reason(String host, RuntimeException fault) {
        if (has(fault, ApiCallTimeoutException.class)
                || has(fault, ApiCallAttemptTimeoutException.class)
                || has(fault, SocketTimeoutException.class)) {
            return host + " gave no answer in time";
        }
        if (has(fault, UnknownHostException.class)) {
            return "the name of the host " + host + " cannot be resolved";
        }
        if (has(fault, ConnectException.class)) {
            return host + " takes no connection ("
                    + ForeignText.safe(String.valueOf(root(fault).getMessage())) + ")";
        }
        Throwable root = root(fault);
        return "no usable answer from " + host + " (" + root.getClass().getSimpleName() + ": "
                + ForeignText.safe(String.valueOf(root.getMessage())) + ")";
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable t = fault; t != null && depth < DEEPEST; t = next(t), depth++) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable fault) {
        Throwable last = fault;
        int depth = 0;
        for (Throwable t = fault; t != null && depth < DEEPEST; t = next(t), depth++) {
            last = t;
        }
        return last;
    }

    private static @Nullable Throwable next(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == fault ? null : cause;
    }
}
