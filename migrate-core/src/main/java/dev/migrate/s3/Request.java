package dev.migrate.s3;

/**
 * One request, for messages.
 *
 * @param operation what is asked
 * @param key the whole key, prefix included
 * @param settings where
 * @param host the server asked
 */
record Request(Operation operation, String key, S3ObjectStore.Settings settings, String host) {

    /** Such as {@code Reading s3://bucket/prefix/odin-dev/ledger.json}. */
    @Override
    public String toString() {
        return operation.act() + " s3://" + settings.bucket() + "/" + key;
    }
}
