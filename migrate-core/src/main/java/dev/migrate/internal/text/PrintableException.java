package dev.migrate.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces an exception in a log if its message would forge lines, or move the cursor of a terminal. */
final class PrintableException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 50;

    private PrintableException(Throwable original, @Nullable Throwable cause) {
        super(Printable.of(text(original)), cause, true, true);
        setStackTrace(original.getStackTrace());
    }

    static Throwable of(Throwable original) {
        return isPrintable(original, identities(), 0) ? original : copy(original, identities(), 0);
    }

    private static boolean isPrintable(Throwable one, Set<Throwable> seen, int depth) {
        if (depth > DEEPEST || !seen.add(one)) {
            return depth <= DEEPEST;
        }
        String text = text(one);
        if (!text.equals(Printable.of(text))) {
            return false;
        }
        for (Throwable suppressed : one.getSuppressed()) {
            if (!isPrintable(suppressed, seen, depth + 1)) {
                return false;
            }
        }
        return one.getCause() == null || isPrintable(one.getCause(), seen, depth + 1);
    }

    private static PrintableException copy(Throwable one, Set<Throwable> seen, int depth) {
        seen.add(one);
        Throwable behind = one.getCause();
        boolean goesOn = depth < DEEPEST && !seen.contains(behind);
        PrintableException copy =
                new PrintableException(one, behind != null && goesOn ? copy(behind, seen, depth + 1) : null);
        for (Throwable suppressed : one.getSuppressed()) {
            if (depth < DEEPEST && !seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, seen, depth + 1));
            }
        }
        return copy;
    }

    @SuppressWarnings("CatchingUnchecked") // a message of others' making may throw anything
    private static String text(Throwable one) {
        try {
            return String.valueOf(one);
        } catch (Throwable e) {
            return one.getClass().getName();
        }
    }

    private static Set<Throwable> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
