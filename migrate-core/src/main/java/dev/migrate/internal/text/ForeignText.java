package dev.migrate.internal.text;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from elsewhere fit for the log, the ledger, answers, pages and notices. Elsewhere is an exception, a ledger
 * that was edited by hand, a header, the name of an object, an answer of another server.
 *
 * @since 0.1
 */
public final class ForeignText {

    /** The number of characters that are looked at, and the length of the longest result. */
    public static final int LONGEST = 1000;

    private ForeignText() {}

    /**
     * Masks what looks like a secret and escapes what is not printable, in the first {@value #LONGEST} characters. The
     * time it takes grows with the length of the text. A second call changes nothing.
     *
     * @param text the text
     * @return one line of at most {@value #LONGEST} characters; it ends with an ellipsis where the text goes on
     */
    public static String safe(String text) {
        return safe(text, LONGEST);
    }

    /**
     * The same with a bound of its own.
     *
     * @param text the text
     * @param longest how many characters are looked at, and how many the result has at most
     * @return one line
     */
    public static String safe(String text, int longest) {
        String safe = Printable.of(SecretMasker.mask(Cut.beginning(text, longest)));
        if (text.length() <= longest && safe.length() <= longest) {
            return safe;
        }
        return (safe.length() >= longest ? safe.substring(0, Math.max(0, longest - 1)) : safe) + "…";
    }

    /**
     * The same for a text that may be absent.
     *
     * @param text the text, or null
     * @return the line, or null
     */
    public static @Nullable String safeOrNull(@Nullable String text) {
        return text == null ? null : safe(text);
    }

    /**
     * Escapes what is not printable: control characters and escape sequences, line ends, marks that change the direction
     * of writing or have no width, and halves of surrogate pairs. A second call changes nothing.
     *
     * @param text the text
     * @return one printable line
     */
    public static String printable(String text) {
        return Printable.of(text);
    }

    /**
     * The same for a text that may be absent.
     *
     * @param text the text, or null
     * @return the line, or null
     */
    public static @Nullable String printableOrNull(@Nullable String text) {
        return text == null ? null : Printable.of(text);
    }

    /**
     * The same for a text of several lines: each is made printable, and the line ends stay.
     *
     * @param text the text
     * @return the printable lines
     */
    public static String printableLines(String text) {
        return Printable.lines(text);
    }

    /**
     * An exception that a logger can print with its stack trace.
     *
     * @param cause the exception
     * @return the exception itself where each of its messages is printable, also those of its causes; else one with the
     *     same stack traces, whose messages name the classes of the original and are printable
     */
    public static Throwable printable(Throwable cause) {
        return PrintableException.of(cause);
    }

    /**
     * Where an address leads, without what may be secret in it.
     *
     * @param address the address
     * @return scheme, host and port
     */
    public static String place(URI address) {
        String host = address.getHost();
        if (host == null) {
            return "an address without a host";
        }
        return printable(address.getScheme() + "://" + host + (address.getPort() < 0 ? "" : ":" + address.getPort()));
    }
}
