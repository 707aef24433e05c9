package dev.migrate.spring.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Decides whether a client prefers HTML to a JSON problem document. */
final class HtmlPreference {

    private HtmlPreference() {}

    /**
     * Tells whether the client prefers HTML to JSON. Without a preference or a valid header, it gets JSON.
     *
     * @param accept the value of the Accept header, or null
     * @return true if the response is HTML
     */
    static boolean forPage(@Nullable String accept) {
        List<MediaType> accepted;
        try {
            accepted = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
        double json = Math.max(
                quality(accepted, MediaType.APPLICATION_PROBLEM_JSON), quality(accepted, MediaType.APPLICATION_JSON));
        return quality(accepted, MediaType.TEXT_HTML) > json;
    }

    private static double quality(List<MediaType> accepted, MediaType wanted) {
        MediaType best = null;
        for (MediaType range : accepted) {
            // The most specific matching range defines the quality.
            if (range.includes(wanted) && (best == null || range.isMoreSpecific(best))) {
                best = range;
            }
        }
        return best == null ? 0 : best.getQualityValue();
    }
}
