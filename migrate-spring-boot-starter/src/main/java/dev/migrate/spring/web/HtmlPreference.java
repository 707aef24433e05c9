package dev.migrate.spring.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Whether a client would rather have a page or a problem document. */
final class HtmlPreference {

    private HtmlPreference() {}

    /**
     * Whether HTML is wanted more than JSON. Who does not care, or cannot say it properly, gets JSON.
     *
     * @param accept the value of the Accept header, or null
     * @return whether a page is to be sent
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
            // Of several ranges that include a type the most specific one speaks for it.
            if (range.includes(wanted) && (best == null || range.isMoreSpecific(best))) {
                best = range;
            }
        }
        return best == null ? 0 : best.getQualityValue();
    }
}
