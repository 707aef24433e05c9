package dev.migrate.spring.ledger;

import dev.migrate.internal.text.ForeignText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Loads the classes of the S3 client in advance, because loading takes longer than the first request. Sends no request.
 */
public final class S3Warmup {

    private static final Logger log = LoggerFactory.getLogger(S3Warmup.class);

    private S3Warmup() {}

    public static void run() {
        try {
            S3Client.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .httpClient(UrlConnectionHttpClient.create())
                    .build()
                    .close();
        } catch (RuntimeException | LinkageError e) {
            log.debug(
                    "Loading the classes of the S3 client failed; the first use reports the error",
                    ForeignText.printable(e));
        }
    }
}
