package dev.migrate.testing;

/** Answers of S3 that are no success. */
public enum S3Error {
    CONFLICT(
            409,
            "ConditionalRequestConflict",
            "The conditional request cannot succeed due to a conflicting operation."),
    PRECONDITION(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
    DENIED(403, "AccessDenied", "Access Denied"),
    INTERNAL(500, "InternalError", "We encountered an internal error. Please try again."),
    SLOW_DOWN(503, "SlowDown", "Please reduce your request rate.");

    private final int status;
    private final String code;
    private final String message;

    S3Error(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** The answer to a request. */
    Message message(ProxiedRequest proxied) {
        return Message.answer(
                status + " " + code,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><Resource>" + proxied.path().replace("&", "&amp;")
                        + "</Resource><RequestId>FAULT0000000PROXY</RequestId></Error>");
    }
}
