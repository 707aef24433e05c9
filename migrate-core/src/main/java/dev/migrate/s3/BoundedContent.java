package dev.migrate.s3;

import java.io.IOException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object into memory, and no more of it than one byte above a bound: that tells that it is too long. The time
 * is bounded by the client, whose time-out of a call covers this.
 */
record BoundedContent(int longest) implements ResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> {

    @Override
    public ResponseBytes<GetObjectResponse> transform(GetObjectResponse answer, AbortableInputStream body)
            throws IOException {
        Long length = answer.contentLength();
        boolean tooLong = length != null && length > longest;
        byte[] content = tooLong ? new byte[0] : body.readNBytes(longest + 1);
        if (tooLong || content.length > longest) {
            body.abort();
        }
        return ResponseBytes.fromByteArrayUnsafe(answer, content);
    }
}
