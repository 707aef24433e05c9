package dev.migrate.s3;

/** What is asked of S3, as messages name it, and the permission it takes. */
enum S3Operation {
    READ("Reading", "s3:GetObject"),
    CREATE("Creating", "s3:PutObject"),
    REPLACE("Replacing", "s3:PutObject and s3:GetObject"),
    DELETE("Deleting", "s3:DeleteObject and s3:GetObject"),
    LIST("Listing", "s3:ListBucket");

    private final String description;
    private final String permission;

    S3Operation(String act, String permission) {
        this.description = act;
        this.permission = permission;
    }

    String description() {
        return description;
    }

    String permission() {
        return permission;
    }

    boolean isWrite() {
        return this == CREATE || this == REPLACE || this == DELETE;
    }
}
