package dev.migrate.s3;

import software.amazon.awssdk.services.s3.S3Client;

/**
 * One request, for messages.
 *
 * @param operation what is asked
 * @param key the whole key, prefix included
 * @param settings where
 * @param host the server asked
 */
record S3Request(S3Operation operation, String key, S3ObjectStore.Settings settings, String host) {

    /** The server that a client asks. */
    static String host(S3Client client) {
        return client.serviceClientConfiguration()
                .endpointOverride()
                .map(endpoint -> endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort()))
                .orElseGet(() -> "s3." + client.serviceClientConfiguration().region());
    }

    /** Such as {@code Reading s3://bucket/prefix/odin-dev/ledger.json}. */
    @Override
    public String toString() {
        return operation.description() + " s3://" + settings.bucket() + "/" + key;
    }
}
