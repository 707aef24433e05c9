package dev.migrate.chaos;

import dev.migrate.testing.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that happens to a process.
 *
 * @param signal what
 * @param point when
 * @param nth which one of the requests of its kind in the round brings it about; for a random moment, how many
 *     milliseconds after the first write of the register
 * @param either before the server sees a request: whether it does so all the same, of a killed process at all, of a frozen
 *     one at once; at a random moment: whether it happens to the owner, if there is one
 */
record InjectedFault(Signal signal, Point point, int nth, boolean either) {

    /** What happens. */
    enum Signal {
        /** kill -9. */
        KILL,
        /** SIGSTOP, two leases, SIGCONT. */
        STOP,
        /** SIGTERM. */
        TERM
    }

    /**
     * When it happens.
     *
     * @param kind to the sender of a request of this kind; null for a random moment
     * @param after when the server has answered and the sender does not know it yet; otherwise before the server sees it
     */
    record Point(RequestKind kind, boolean after) {

        static final Point RANDOM = new Point(null, false);

        @Override
        public String toString() {
            return kind == null
                    ? "at a random moment"
                    : (after ? "after " : "before ")
                            + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** All points, in a fixed order. */
    static List<Point> points() {
        List<Point> points = new ArrayList<>(List.of(Point.RANDOM));
        for (RequestKind kind : RequestKind.values()) {
            if (kind != RequestKind.OTHER) {
                points.add(new Point(kind, false));
                points.add(new Point(kind, true));
            }
        }
        return points;
    }

    @Override
    public String toString() {
        return signal + " " + point + " " + nth + (either ? "+" : "-");
    }
}
