package dev.migrate.s3;

import dev.migrate.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists the objects and folders directly under a key, page by page, as far as the limit. */
final class ListOperation {

    /** The most that S3 puts into one page. */
    private static final int PAGE = 1000;

    private ListOperation() {}

    static List<String> run(S3Client client, S3Request request, int limit) {
        String folder = request.key() + "/";
        List<String> names = new ArrayList<>();
        String next = null;
        do {
            ListObjectsV2Response page = client.listObjectsV2(page(request, folder, limit, next));
            if (page.isTruncated() == null) {
                // What is left of an answer that broke off in its head reads as a folder with nothing in it.
                throw new StoreUnavailableException(request + ": " + request.host() + " sent no whole listing", null);
            }
            for (S3Object object : page.contents()) {
                // The console marks a folder by an object that has the folder's own name.
                if (object.key().length() > folder.length() && names.size() < limit) {
                    names.add(object.key().substring(folder.length()));
                }
            }
            for (CommonPrefix deeper : page.commonPrefixes()) {
                if (names.size() < limit) {
                    names.add(deeper.prefix().substring(folder.length()));
                }
            }
            next = page.isTruncated() ? page.nextContinuationToken() : null;
        } while (next != null && names.size() < limit);
        return names;
    }

    private static ListObjectsV2Request page(S3Request request, String folder, int limit, @Nullable String token) {
        return ListObjectsV2Request.builder()
                .bucket(request.settings().bucket())
                .prefix(folder)
                .delimiter("/")
                .maxKeys(Math.min(limit, PAGE))
                .continuationToken(token)
                .expectedBucketOwner(request.settings().expectedBucketOwner())
                .build();
    }
}
